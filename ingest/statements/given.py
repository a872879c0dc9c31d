"""Given names and the gender that they mostly go with, as data.

The most frequent given names of the 1990 census of the United States (Census Bureau, public domain: every name with a
share of 0.010 % of men or 0.013 % of women), and names that are frequent in news from elsewhere, added by hand. A name
is listed for one gender where the census has it six times as often there. Names that are mostly other words or places
("Will", "May", "Dallas") are left out.
"""

from __future__ import annotations

MEN = frozenset(
    """
    aaron abdul abdullah abel abraham adam adolfo adolph adrian agustin ahmad ahmed akira alan albert alberto
    alejandro aleksandar aleksandr alexander alexei alfonso alfred alfredo ali alistair allan allen alonzo
    alphonso alton alvaro alvin amit amos anders andre andrei andrej andres andrew andrzej andrés andy angelo
    angus anil anthony antoine anton antonio antónio archie armand armando arnold arthur arturo arvind ashok
    asif austin avi barack barry bart bashar basil ben benito benjamin benny benoit bernard bernie bernardo bert beto
    bill billy binyamin bjorn blaine blake bob bobby bola boris boyd brad bradford bradley brady brain brandon
    brendan brent bret brett brian bruce bruno bryan bryant bryce bryon buddy burton byron caleb callan callum
    calvin cameron carl carlos carlton cecil cedric cesar chad charles chase chester christian christopher chuck
    ciaran clarence clark claude claudio clay clayton clement cliff clifford clifton clint clinton clyde cody
    cole colin conor conrad cooper corey cormac cornelius cory coy craig curt curtis cyril dale damian damien
    damon dan dane daniel danny dante darin darius darnell darrel darrell darren darrin darryl darwin daryl dave
    david davis dean declan delbert demetrius denis dennis denny derek derick derrick desmond devin dewayne
    dewey dexter diego dieter dion dmitry domingo dominic dominick don donald donnell donnie donovan doug
    douglas doyle drew duane dustin dwayne dwight dylan earl earnest ed eddie eddy edgar edmond edmund eduardo
    edward edwin efrain ehud elbert eldon eli elias elijah elliot elliott ellis elmer elon elton elvin elvis
    elwood emanuel emery emil emilio emmanuel emmett enrique enzo eoin eric erick erik ernest ernesto ernie
    ervin erwin esteban ethan euan eugene evan everett ewan fabian federico felipe felix fernando fidel finn
    floyd francesco francisco francois frank franklin fred freddie freddy frederick fredrick friedrich fumio
    gabriel gareth garrett garry gary gavin gene geoffrey george gerald gerard gerardo gilbert gilberto gilles
    giovanni giuseppe glen glenn gonzalo goodluck gordon grady graeme graham grant greg gregg gregorio gregory
    grover guillaume guillermo gunnar gus gustavo guy hal hamish hans harlan harley harold harrison harry harvey
    hassan hector heinz henrik henry herbert heriberto herman hiram hiroshi homer horace howard hubert hugh hugo
    humberto humza hunter hussein iain ian ibrahim ignacio igor imran ira irvin irving isaac isaiah ismael issac
    ivan jack jackson jacob jacques jair jake jamal james janusz jared jaroslaw jarrod jarvis jason jasper
    javier jay jayden jayson jeb jeff jefferson jeffery jeffrey jeffry jens jerald jeremiah jeremy jermaine
    jerome jerry jess jesse jim jimmy jinping joao joaquin joe joel joesph joey johan john johnathan johnny jon
    jonathan jonathon jorge jose joseph josh joshua josé joão juan julian julio julius jurgen justin jürgen
    karl keir keith kelvin kemal ken kendrick kenji kenneth kenny kent kermit kevin khalid kieran kirk
    klaus kofi kristopher kurt kwame kyle lamar lamont lance larry lars laurence laurent lawrence lebron lech
    leland leo leon leonard leonardo leroy lester levi lewis liam lionel lloyd logan lonnie loren lorenzo louie
    louis lowell loyd luc luca lucas luis luiz luke luther lyle mack mahmoud malcolm manuel marc marcel marco
    marcos marcus mario mark marlin marlon marshall martin marvin mason mateusz mathew matt matteo matthew
    maurice mauricio max maxwell maynard mehmet melvin mevlüt micah michael micheal michel miguel mike mikhail
    miles millard milos milton mitchell mitt mohamed mohammad mohammed moises monte monty morris moses moshe
    muhammad muhammadu murray mustafa myron naftali narendra nathan nathaniel nawaz neal ned neil nelson newt
    niall nicholas nick nickolas nicolas nicolás nigel nikolai nils noah noe nolan norbert norman norris olaf
    oleg oliver olivier omar orhan orlando orville oscar otis otto owen pablo padraig paolo patrick paul pavel
    pedro percy perry pete peter petr phil philip phillip pierre preston quentin quincy quinton rafael rahul
    raila rajesh ralph ramiro ramon rand randal randall randolph randy raphael raul ravi ray raymond recep reed
    reggie reginald reuben rex reynaldo rhys ricardo richard rick rickey rickie ricky rigoberto rishi rob robert
    roberto rocco rocky rod roderick rodger rodney rodolfo rodrigo rogelio roger roland rolando roman romeo ron
    ronald ronnie rory roscoe ross roy royce ruben rudolph rudy rufus russel russell rusty ryan sadiq sajid
    salvador salvatore sammy samuel sanjay santiago saul scot scott scotty seamus sean sebastian sergei sergey
    sergio seth shane shaun shawn sheldon sherman shimon shinzo sidney silvio simon solomon spencer stan stanley
    stefan stephan stephen sterling steve steven stewart stuart sunil suresh sven sylvester takashi tayyip ted
    teddy terence terrance terrell terrence thabo thaddeus theodore thiago thierry thomas thurman tim timmy
    timothy todd tom tomas tommy tony travis trent trevor troy tucker ty tyler tyrone tyson uhuru ulysses vance
    vaughn vern vernon vicente victor vijay viktor vince vincent virgil vladimir volodymyr wade wallace walter
    ward warren wayne wendell wesley wilbert wilbur wiley wilfred wilfredo willard william williams willis
    wilson winston wolfgang woodrow xavier xi yair yitzhak yoshihide yoweri yuri yusuf yves zachary zahir zoran
    """.split()
)
"""Lower case, as all three lists."""

WOMEN = frozenset(
    """
    abby abigail ada addie adela adele adeline adriana adrienne agnes aida aileen aimee aisha alexandra
    alexandria alice alicia alisa alisha alison allie allison allyson alma alta alyssa amanda amber amelia amie
    amina amy ana anastasia angela angelia angelica angelina angeline angie anita anjali ann anna annalena anne
    annette annie annika antoinette antonia aoife arlene ashlee astrid audra audrey aurora ava avis ayesha
    barbara barbra beatrice beatriz becky belinda benazir benita bernadette bernadine bernice bertha bessie beth
    bethany betsy bette bettie betty bettye beulah beverly beyonce beyoncé bianca blanca blanche bobbi bobbie
    bonita bonnie brandi brandy brenda brianna bridget bridgette brigitte brittany brittney brooke caitlin
    callie camila camille candace candice candy cara carla carly carmela carmen carol carole caroline carolyn
    carrie carys cassandra cassie catalina catherine cathleen cathy catriona cecelia cecile cecilia celeste
    celia chandra charlene charlotte chelsea cheri cherie cheryl chiara christa christi christie christina
    christine christy ciara cindy claire clara clarice clarissa claudette claudia colleen concepcion condoleezza
    connie constance consuelo cora corinne cornelia corrine cristina crystal cynthia daisy danielle daphne darla
    darlene dawn deana deanna debbie debora deborah debra deepika delia della delores deloris dena denise
    desiree diana diane dianna dianne dilma dina dixie dolly dolores dona donna dora doreen doris dorothea
    dorothy dorthy earline ebony edith edna effie eileen eilidh elaine eleanor elena elisa elisabeth elise eliza
    elizabeth ella ellen elma elnora eloise elsa elsie elva elvira emilia emily emma erica ericka erika erin
    erma erna ernestine esmeralda esperanza essie estela estella estelle ester esther ethel etta eugenia eula
    eunice eva eve evelyn faith fannie fatima fay faye felicia fern fiona flora florence flossie frances
    francesca francine francisca freda freja frieda gabriela gabrielle gail galina gayle genevieve georgia
    georgina geraldine gertrude gina ginger giorgia giulia gladys glenda glenna gloria goldie grace gracie
    graciela greta gretchen gwen gwendolyn haley hannah harriet harriett hattie hazel heather heidi helen helena
    helene henrietta hilary hilda hillary holly hope huma ida ila ilhan imogene ina indira inez ingrid irene
    irina iris irma isabel isabelle isla iva ivanka ivy jacinda jaclyn jacqueline jacquelyn jami jana jane
    janelle janet janette janice janie janine janis jasmine jayne jeanette jeanie jeanine jeanne jeannette
    jeannie jeannine jenifer jenna jennie jennifer jenny jeri jessica jill jillian jo joan joann joanna joanne
    jocelyn jodi jodie johanna jolene joni josefina josephine josie joy joyce juana juanita judith judy julia
    julie justine kamala kara karen kari karin karina karla kate katharine katherine kathleen kathryn kathy
    katie katrina kavita kay kayla keiko keisha kelley kelli kellie kellyanne kelsey kendra keri kerri ketanji
    khadija kimberley kimberly kirsten krista kristen kristi kristie kristin kristina kristine kristy krystal
    ksenia lacey ladonna lana lara latasha latisha latonya latoya laura laurel lauren laurie layla lea leah
    leann leanne leigh leila lela lena lenora lenore leola leona letha leticia lidia lila lillian lillie lilly
    lily linda lindsay lisa liz lizzie lois lola lora loraine lorena lorene loretta lori lorie lorna lorraine
    lottie louise lourdes lucia lucile lucille lucinda lucy lucía luella luisa lula luz lydia lynda lynette
    lynne lyudmila mabel mable madeline mae magdalena maggie mairead malala malia malinda mamie mandy manuela
    marcella marcia marcy margaret margarita margie margo margret marguerite maria marian marianne maribel marie
    marilyn marina marine marisa marisol marissa maritza marjorie marla marlene marsha marta martha martina mary
    maryann marylou matilda mattie maude maureen mavis maxine mayra meagan meera megan meghan melania melanie
    melba melinda melisa melissa melody mercedes meredith mette mia michele michelle milagros mildred millie
    mindy minerva minnie miranda miriam misty mollie molly mona monica monique morag muriel myra myrna myrtle
    nadia nadine nancy nannie naomi natalia natalie natalya natasha nelda nell nellie nettie neva niamh nichole
    nicola nicole nikki nina nirmala nola nora noreen norma odessa ofelia oksana ola olena olga olive olivia
    opal oprah ora orla paige pam pamela patrica patrice patricia patsy patti patty paula paulette pauline pearl
    pearlie peggy penelope penny petra phyllis polly pooja priscilla priti priya rachael rachel rachelle rae
    ramona randi raquel rashida reba rebecca rebekah regina rena renee rhiannon rhoda rhonda rihanna rita
    roberta robyn rochelle ronda rosa rosalie rosalind rosalyn rose rosemarie rosemary rosetta rosie roxanne
    ruby ruth ruthie sabrina sadie sallie sally samantha sandra sanna saoirse sara sarah sasha saundra segolene
    selma serena shana shanna shari sharon sharron shauna shawna sheena sheila shelia shelley shelly sheri
    sherri sherrie sherry sheryl shirley sigrid silvia simone sinead siobhan socorro sofia sofía sondra sonia
    sonja sonya sophia sophie stacey staci stacie stacy stefanie stella stephanie sue suella sunita susan susana
    susanne sushma susie suzanne svetlana sybil sylvia ségolène tabatha tabitha tamara tameka tami tamika tammie
    tammy tania tanya tara tasha tatiana teresa teri terri terrie thelma theresa therese tia tiffany tina toni
    tonia tonya tracey traci tracie tricia trina trisha trudy tulsi ursula valarie valentina valerie valérie
    vanessa velma venus vera verna veronica vicki vickie vicky victoria viola violet virgie virginia vivian
    wanda wendy whitney willa wilma winifred winnie ximena yasmin yolanda yulia yvette yvonne zainab zelma
    """.split()
)
"""Names of women."""

EITHER = frozenset(
    """
    alex alexis andrea angel ariel ashley aubrey avery bennie billie carey carroll cary casey charlie chris cleo
    courtney dana devon dominique francis frankie hayden jackie jaime jamie jan jean jessie jimmie jody johnnie
    jordan kelly kendall kerry kim kit kris laverne lee lesley leslie lindsey lupe lynn marion marty mel merle
    mickey morgan nicky noel ollie pat quinn rene riley robbie robin rosario rowan sam sandy shannon skyler
    taylor terry toby tommie tracy val willie
    """.split()
)
"""Names that say nothing of the gender, but that they are names."""
