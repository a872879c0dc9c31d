"""Words that tell who somebody is (honorifics, titles, roles, kinds of organisation, places), as data.

All lower case and without full stops. Nothing here names a person.
"""

from __future__ import annotations

HONORIFICS = {
    "mr": "m", "mister": "m", "sir": "m", "lord": "m", "messrs": "m", "mrs": "f", "ms": "f", "miss": "f", "dame": "f",
    "lady": "f", "madam": "f", "mx": "", "dr": "", "drs": "", "prof": "", "rev": "", "hon": "", "fr": "m", "st": "",
}  # fmt: skip
"""Stripped from names and never a role; the gender they tell, or ""."""

ABBREVIATED = frozenset(
    """
    mr mrs ms mx dr drs prof rev hon fr messrs sen sens rep reps gov govs lt gen col sgt cpl capt cmdr maj adm
    pres det supt insp atty st jr sr pvt spc comdr cllr asst dep dist del ald ofc secy amb min sec dc pc adv
    """.split()
)
"""Words that keep their full stop inside a name."""

TITLES = frozenset(
    """
    president vice-president vice minister premier chancellor secretary undersecretary sen sens senator senators
    rep reps representative representatives congressman congresswoman gov govs governor governors mayor lt
    lieutenant gen general col colonel sgt sergeant cpl corporal capt captain cmdr commander maj major adm
    admiral pvt private brigadier marshal chief constable inspector superintendent supt detective det deputy
    sheriff officer commissioner director chairman chairwoman chairperson chair ceo cfo coo founder co-founder
    cofounder executive manager speaker leader whip justice judge prosecutor attorney lawyer counsel solicitor
    advocate ambassador consul envoy spokesman spokeswoman spokesperson spokespeople strategist adviser advisor
    aide analyst consultant pollster economist professor prof dean provost lecturer principal teacher coach pope
    cardinal archbishop bishop pastor imam rabbi father sister brother rev reverend dr doctor nurse prince
    princess king queen duke duchess earl baron baroness count countess sheikh sultan emir ayatollah lord sir
    dame mp mep msp councillor councilman councilwoman councilor cllr alderman candidate nominee delegate
    administrator comptroller treasurer coordinator organizer organiser activist author editor columnist
    reporter correspondent anchor host commentator journalist producer actor actress singer comedian supreme
    agent trooper firefighter investigator auditor curator scientist researcher fellow scholar historian
    midfielder striker defender committeeman committeewoman commander-in-chief goalkeeper quarterback star boss
    head operative lobbyist donor magnate mogul billionaire superdelegate del ald amb sec ofc secy min
    congressperson controller registrar ombudsman pres coroner insp cm dcm dgp adgp igp dcp acp mla mlc eam pc dc
    dci protester
    """.split()
)
"""Words that end the title before a name ("Prime Minister X"); also roles when they stand in lower case."""

TITLE_STARTERS = frozenset(
    """
    president senator sen rep representative congressman congresswoman gov governor mayor lt lieutenant gen col
    colonel sgt sergeant capt captain cmdr maj adm admiral brigadier constable inspector superintendent
    detective sheriff commissioner prime first vice deputy acting former ex-president chancellor pope cardinal
    archbishop bishop pastor rabbi imam prince princess king queen duke duchess judge justice professor prof
    ambassador speaker secretary chief attorney mr mrs ms miss dr sir dame lord lady rev reverend fr father
    sister sens reps messrs baroness sheikh ayatollah spokesman spokeswoman councilman councilwoman councillor
    cllr officer minister premier mx
    """.split()
)
"""Titles that begin a name's run and belong to a person even where no known given name follows."""

MEN_ROLES = frozenset(
    """
    man boy gentleman father dad husband son brother grandfather uncle nephew grandson boyfriend fiancé widower
    king prince duke lord sir spokesman chairman congressman councilman councillor businessman policeman fireman
    salesman frontman fisherman cameraman anchorman statesman actor waiter guy pope monk priest bishop
    archbishop cardinal imam stepfather groom
    """.split()
) - {"councillor", "actor"}
WOMEN_ROLES = frozenset(
    """
    woman girl lady mother mom mum wife daughter sister grandmother aunt niece granddaughter girlfriend fiancée
    widow queen princess duchess dame baroness spokeswoman chairwoman congresswoman councilwoman businesswoman
    policewoman actress waitress nun stepmother bride heiress
    """.split()
)

PERSON_NOUNS = (
    TITLES
    | MEN_ROLES
    | WOMEN_ROLES
    | frozenset(
        """
    person official officials protester protesters demonstrator resident residents voter voters supporter
    supporters critic critics opponent opponents rival expert experts insider source sources witness witnesses
    victim victims survivor survivors suspect suspects defendant plaintiff neighbour neighbor neighbours
    neighbors friend friends colleague colleagues relative relatives parent parents child children kid kids
    student students pupil worker workers employee employees staffer staffers member members lawmaker lawmakers
    legislator legislators politician politicians republican republicans democrat democrats conservative
    conservatives liberal liberals socialist incumbent frontrunner front-runner hopeful contender businessman
    newcomer veteran veterans soldier soldiers troops diplomat diplomats scientists researchers economists
    analysts prosecutors investigators authorities leaders lawyers attorneys aides advisers advisors strategists
    activists campaigners campaigner advocates organizers organisers owner owners farmer farmers driver drivers
    passenger passengers customer customers user users reader readers viewer fan fans player players athlete
    champion winner skipper coach teammate trader traders investor investors banker bankers executive executives
    entrepreneur developer developers designer artist musician rapper writer writers novelist poet playwright
    filmmaker director blogger pundit pundits commentators observers onlooker bystander passerby paramedic
    surgeon neurosurgeon physician physicians doctors nurses psychologist psychiatrist therapist engineer
    engineers architect chef clerk cashier janitor immigrant immigrants migrant migrants refugee refugees
    prisoner inmate juror jurors mogul tycoon contractor landlord tenant tenants pilot pilots guard operator
    dealer boss couple family pair duo trio people men women boys girls others ones many some several most few
    participant participants respondent respondents speaker speakers attendee attendees caller moderator
    panelist cousin mate partner ally allies deputy successor predecessor counterpart counterparts one native
    loyalist whistleblower informant negotiator mediator trustee trustees shareholder shareholders chairman
    lieutenant pensioner grandparent teen teenager youngster mp mps senators governors mayors congressmen
    presidents ministers secretaries chiefs spokespeople officers deputies commissioners directors judges
    justices reporters journalists editors academics academic scholars historians theologian philosopher
    biologist chemist physicist epidemiologist climatologist meteorologist geologist astronomer astronaut
    commentator populist demagogue candidate candidates nominees delegates superdelegates operatives lobbyists
    donors billionaire millionaire magnate insiders agents organizer instigator leader coordinator tourist
    visitor hiker swimmer runner cyclist motorist pedestrian shopper diner guest hostess volunteer volunteers
    intern trainee apprentice alumnus graduate freshman sophomore senior
    """.split()
    )
)

TRADES = frozenset(
    """
    ranger traveller traveler commuter holidaymaker plumber electrician carpenter builder baker butcher grocer florist
    beekeeper shopkeeper gamekeeper zookeeper innkeeper housekeeper caretaker bookseller hairdresser barber gardener
    fisherman fisher angler sailor skipper captain miner welder mechanic technician courier postman carer midwife
    librarian archivist conductor dancer painter sculptor weaver potter photographer astrologer broker accountant
    pharmacist dentist vet veterinarian optician barrister publican barista waiter bartender landowner homeowner
    householder villager islander townsman bystander eyewitness camper climber walker rower sailor jockey trainer
    referee umpire rider drummer guitarist pianist violinist composer playwright lecturer rancher grower herder shepherd
    """.split()
)
"""What people do or are, as news says before a name; unlike `PERSON_NOUNS` many of them are surnames, too."""

DOCUMENTS = frozenset(
    """
    report reports statement statements study studies poll polls survey surveys document documents complaint
    lawsuit suit indictment affidavit filing filings memo memorandum letter email emails e-mail e-mails article
    articles editorial post posts tweet tweets website site page ad ads advertisement advert data figures
    results findings transcript transcripts records record analysis research bill law act order ruling opinion
    decision petition paper papers book memoir poster sign signs banner note release communique communiqué
    message messages story stories column blog video footage caption headline projections estimates estimate
    statistics census audit assessment review resolution proposal plan policy agreement pact treaty charter
    constitution amendment text narrator script song ballot platform briefing dossier file files cable cables
    warrant testimony brief motion judgment judgement verdict obituary newsletter press media rumours rumors
    sources
    """.split()
) - {"sources", "press", "media"}

GROUP_NOUNS = frozenset(
    """
    police government campaign company group agency department ministry office committee court party union
    association team club firm bank organization organisation commission council administration church
    university school college hospital newspaper paper network army military navy airline board bureau institute
    foundation league federation authority service corporation society chamber coalition alliance centre center
    retailer manufacturer carrier operator regulator charity watchdog panel conference congress senate
    parliament house station channel magazine site website publisher broadcaster outlet startup start-up fund
    trust lab laboratory museum municipality city state country nation embassy consulate mission regime junta
    militia force forces delegation caucus convention cabinet assembly legislature tribunal brigade division
    unit giant utility lender insurer supplier maker producer studio label franchise chain district county
    province town village community tribe press media pac super consortium syndicate gang cartel publication
    tabloid daily weekly academy programme program project initiative movement
    """.split()
)

SELF_NAMED = frozenset("police government military army parliament congress prosecutors authorities".split())
"""Bodies that news names with a bare noun; they speak under it."""

ORG_WORDS = frozenset(
    """
    inc corp corporation co company ltd llc llp plc group holdings partners capital bank bancorp securities
    insurance university college school academy institute institution foundation association society federation
    union league council committee commission department ministry bureau agency office administration service
    services authority court courts congress senate house parliament assembly legislature party caucus coalition
    alliance campaign pac times post journal news tribune herald gazette guardian telegraph observer globe star
    sun mail mirror express chronicle press radio tv television network broadcasting magazine review weekly
    daily media church cathedral mosque synagogue temple hospital clinic center centre museum theatre theater
    studios pictures entertainment records airlines airways motors electric energy petroleum oil gas steel foods
    pharmaceuticals laboratories labs systems technologies software networks communications telecom police army
    navy guard marines force forces corps fund trust board panel tribunal chamber conference convention club fc
    united rovers athletic team games olympics cup championship organization organisation international
    national-league watch project initiative movement lives parenthood forum library airport station street
    avenue road tower building hotel stadium arena park square bridge river lake ocean sea island islands
    mountain valley bay beach county city state states republic kingdom empire province district territory hall
    ballroom plaza mall act bill law treaty amendment constitution accord agreement deal plan program programme
    war wars day week month year award awards prize festival show tour world america democrats republicans
    tories conservatives liberals greens voters officials lawmakers senators leaders supporters americans
    dioceses archdiocese diocese embassy pentagon treasury supreme ministers prosecutors authorities defence
    defense survey poll study report reports emails documents papers files twitter facebook instagram youtube
    google microsoft reddit netflix resources hydro industries enterprises logistics ventures solutions brands utilities
    """.split()
)
"""A capitalised run that holds one of these isn't a person's name."""

PLACES = frozenset(
    """
    afghanistan africa alabama alaska albania algeria america amsterdam argentina arizona arkansas armenia asia
    athens atlanta auckland australia austria azerbaijan baghdad bahrain baltimore bangkok bangladesh barcelona
    beijing beirut belarus belfast belgium belgrade benghazi berlin bosnia boston brazil brisbane britain
    brooklyn brussels bucharest budapest buffalo bulgaria cairo california cambodia cameroon canada canberra
    cardiff chicago chile china cincinnati cleveland colombia colorado columbus congo connecticut copenhagen
    crimea croatia cuba cyprus dallas damascus delaware delhi denmark denver detroit dubai dublin ecuador
    edinburgh egypt england estonia ethiopia europe finland florida france gaza geneva georgia germany
    ghana glasgow greece guam guantanamo guatemala haiti havana hawaii helsinki honduras houston hungary iceland
    idaho illinois india indiana indonesia iowa iran iraq ireland islamabad israel istanbul italy jakarta
    jamaica japan jerusalem johannesburg jordan kabul kansas kazakhstan kentucky kenya kiev kosovo kremlin
    kuwait kyiv lagos laos latvia lebanon leeds libya lima lisbon lithuania liverpool london louisiana lviv
    luxembourg madrid maine malaysia mali malta manchester manhattan manila maryland massachusetts melbourne
    memphis mexico miami michigan milan milwaukee minneapolis minnesota mississippi missouri moldova mongolia
    montana montenegro montreal morocco moscow mumbai munich myanmar namibia nashville nebraska nepal
    netherlands nevada nicaragua niger nigeria norway nyc oakland ohio oklahoma oregon orlando oslo ottawa
    oxford pakistan palestine panama paraguay paris pennsylvania perth peru philadelphia philippines
    phoenix pittsburgh poland portland portugal prague pyongyang qatar quebec richmond riyadh rome romania
    russia rwanda sacramento salvador scotland seattle senegal seoul serbia shanghai singapore slovakia slovenia
    somalia spain stockholm sudan sweden switzerland sydney syria tacoma taipei taiwan tallinn tampa tanzania
    tehran tennessee texas thailand tibet tokyo toronto toulouse tripoli tunisia turkey uganda ukraine uruguay
    utah uzbekistan vancouver vatican venezuela venice vermont versailles vienna vietnam virginia wales warsaw
    washington wellington westminster whitehall wisconsin wyoming yemen yorkshire zagreb zambia zimbabwe zurich
    """.split()
)

TWO_WORD_PLACES = frozenset(
    name.strip()
    for name in """
    new york;new jersey;new hampshire;new mexico;new zealand;new orleans;new england;new delhi;north carolina;
    south carolina;north dakota;south dakota;west virginia;rhode island;los angeles;las vegas;san francisco;san diego;
    san jose;san antonio;san bernardino;santa fe;st louis;st paul;st petersburg;salt lake;hong kong;north korea;
    south korea;south africa;south sudan;saudi arabia;sri lanka;costa rica;puerto rico;el salvador;tel aviv;abu dhabi;
    united states;united kingdom;united nations;great britain;northern ireland;middle east;west bank;white house;
    wall street;silicon valley;capitol hill;downing street;des moines;fort worth;baton rouge;el paso;long island;
    staten island;palm beach;buenos aires;rio de janeiro;sao paulo;são paulo;mexico city;kansas city;oklahoma city;
    new south;papua new;east jerusalem;north america;south america;latin america;western europe;eastern europe;
    central america;southeast asia;east asia;central asia;supreme court;super tuesday;super bowl;election day;
    social security;tea party;islamic state;soviet union;european union""".split(";")
)

DEMONYMS = frozenset(
    """
    american british english scottish welsh irish french german italian spanish portuguese dutch belgian swiss
    austrian swedish norwegian danish finnish icelandic polish czech slovak hungarian romanian bulgarian serbian
    croatian bosnian albanian greek turkish russian ukrainian belarusian georgian armenian israeli palestinian
    egyptian syrian iraqi iranian saudi lebanese jordanian yemeni kuwaiti qatari emirati afghan pakistani indian
    bangladeshi nepalese chinese japanese korean taiwanese vietnamese thai filipino indonesian malaysian
    singaporean australian canadian mexican cuban brazilian argentine chilean colombian venezuelan peruvian
    nigerian kenyan ghanaian ethiopian sudanese somali african european asian latino hispanic jewish muslim
    christian catholic protestant mormon evangelical republican democratic democrat conservative liberal labour
    tory communist socialist independent libertarian black white texan californian floridian
    """.split()
)
"""Adjectives that stand before a name without being part of it."""

NATIONALS = frozenset(
    """
    american austrian belgian german italian norwegian hungarian romanian bulgarian serbian croatian bosnian albanian
    russian ukrainian belarusian georgian armenian israeli palestinian egyptian syrian iraqi iranian jordanian pakistani
    indian bangladeshi korean indonesian malaysian singaporean australian canadian mexican cuban brazilian chilean
    colombian venezuelan peruvian nigerian kenyan ghanaian ethiopian greek czech texan californian floridian briton scot
    swede dane finn turk spaniard irishman irishwoman englishman englishwoman frenchman frenchwoman welshman welshwoman
    scotsman scotswoman dutchman dutchwoman cornishman cornishwoman
    """.split()
)
"""With "the", one person by their country; "the French" are many."""

PARTICLES = frozenset(
    "van der den de la le al el del della di da das do dos du von zu ter ten bin ibn abu af av ben y e st".split()
)
"""Lower-case words that a name can hold between its capitalised ones."""

SUFFIXES = frozenset("jr sr ii iii iv".split())

NOT_NAMES = frozenset(
    """
    a about above according across actually additionally admittedly adding after afterward again against ago
    ahead all almost along already also although always amid among an and another any anyone anything anyway
    apparently are aren't around as asked at away back basically be because been before behind being below
    besides better between beyond both but by can certainly clarification clearly come consider correction could
    currently d'oh days describing despite did didn't do does doesn't don't down due during each earlier either else
    elsewhere especially even eventually ever every everybody everyone everything exactly except fair few finally first
    five following for former forget four from further furthermore generally get given go going good got great
    had happily has have having he hello help hence her here hers herself hey him himself his historically how
    however i i'd i'll i'm i've if imagine in inc including incidentally increasingly indeed initially inside
    instead interestingly into is isn't it it's its itself just keep know last lastly late later least left less
    let let's like likewise long look looking made make many may maybe me meanwhile might mind mine more
    moreover most mostly much must my myself nearly neither never nevertheless next no nobody none nonetheless
    nor normally not nothing notably now obviously occasionally of off often oh ok okay on once one ones only
    onto or originally other others otherwise our ours out outside over overall own part perhaps please plus
    previously probably put quite rather read really recently regarding remember right said same saying says
    second see seen several shall she should similarly since six so some somebody someone something sometimes
    somewhat soon sorry speaking still strangely such suddenly sure surely take tell ten than thank thanks that
    that's the their them themselves then there there's therefore these they they're thing think third this
    those though three through throughout thus till to today together tomorrow tonight too toward towards two
    typically ultimately under unfortunately unless unlike until up upon us use used using usually very via was
    wasn't watch we we're week well were what what's whatever when whenever where whereas wherever whether which
    while who who's whoever whom whose why will with within without won't would writing wrong yeah yes yesterday
    yet you you're your yours yourself sunday monday tuesday wednesday thursday friday saturday sundays mondays
    tuesdays wednesdays thursdays fridays saturdays january february march april june july august september
    october november december jan feb mar apr jun jul aug sept sep oct nov dec spring summer autumn winter fall
    exclusive breaking update updated updates photo video image credit getty reuters advertisement related q
    source sources share per appearing noting citing arguing born based called calling critics experts officials
    polls people voters reporters supporters standing sitting told welcome yes-no editor's note am pm et est edt
    gmt u.s uk eu un god lord's jesus christ christmas easter thanksgiving ramadan covid covid-19 internet twice
    half roughly hundreds thousands millions dozens billions so-called mr's non dear sadly luckily separately
    responding asking pressed elected once-again hi
    """.split()
)
"""Words that begin sentences, and dates: never the start of a name."""

DATES = frozenset(
    """
    sunday monday tuesday wednesday thursday friday saturday sundays mondays tuesdays wednesdays thursdays
    fridays saturdays january february march april may june july august september october november december jan
    feb mar apr jun jul aug sept sep oct nov dec am pm et est edt gmt today yesterday tomorrow tonight i
    """.split()
)
"""Never the end of a name."""


PREPOSITIONS = frozenset(
    """
    of for from at in with to by on about against under over near into within between among behind like than via
    as representing leading supporting backing opposing alongside outside inside before after
    """.split()
)

NICKNAMES = tuple(
    frozenset(line.split())
    for line in """
    william bill billy will willy liam
    robert bob bobby rob robbie
    richard rick dick rich ricky
    michael mike mick micky
    james jim jimmy jamie
    john jack johnny jon
    joseph joe joey
    thomas tom tommy
    charles charlie chuck chas
    edward ed eddie ted teddy ned
    theodore ted teddy theo
    anthony tony
    andrew andy drew
    daniel dan danny
    david dave davey
    donald don donny
    steven steve stephen
    timothy tim timmy
    kenneth ken kenny
    gregory greg
    jeffrey jeff geoffrey geoff
    matthew matt
    christopher chris
    nicholas nick nicky
    benjamin ben benny
    samuel sam sammy
    lawrence larry laurence
    gerald gerry jerry
    ronald ron ronnie
    raymond ray
    philip phil phillip
    peter pete
    patrick pat paddy
    frederick fred freddie
    albert al bert
    alexander alex sandy alec
    francis frank frankie
    harold hal harry
    henry harry hank
    leonard len lenny leo
    martin marty
    nathan nate nathaniel
    zachary zach zack
    joshua josh
    jacob jake
    bernard bernie
    mitchell mitch
    elizabeth liz lizzie beth betty betsy eliza lisa
    margaret maggie meg peggy marge
    katherine kate katie kathy cathy catherine kathryn kat
    patricia pat patty tricia trish
    jennifer jen jenny
    deborah deb debbie debra
    susan sue susie suzanne
    barbara barb
    christina christine tina chris chrissy
    rebecca becky becca
    victoria vicky tori
    alexandra alex sandra
    pamela pam
    cynthia cindy
    kimberly kim
    jacqueline jackie
    judith judy
    dorothy dot dottie
    theresa teresa terry tess
    samantha sam
    jessica jess jessie
    amanda mandy
    abigail abby
    nancy nan
    valerie val
    vladimir volodymyr
    """.strip().splitlines()
)
"""Groups of given names that can be one person's."""

KEPT_TITLES = frozenset("pope king queen prince princess emperor empress saint".split())
"""Stay part of a one-word name: "Pope Gregory"."""

SURNAMES_TOO = frozenset(
    """
    king dean major pope bishop prince judge duke earl baron priest cardinal marshal chief page cook baker
    knight hall park church day street temple law bay sun star post house castle banks power board guard force
    bill moon price young long rice gates rivers field fields lake hill bush wood woods stone may parks marsh
    act bridge sheriff coach police world guardian mail watch show wolf lord
    """.split()
)
"""Titles and other words that are surnames when a given name stands before them."""

PUBLIC_ROLES = frozenset(
    """
    candidate nominee front-runner frontrunner contender hopeful president ex-president senator governor
    congressman congresswoman mayor premier minister chancellor lawmaker legislator politician leader republican
    democrat conservative liberal socialist billionaire millionaire businessman businesswoman mogul tycoon
    magnate entrepreneur actor actress singer rapper musician comedian star filmmaker director author novelist
    writer poet artist designer player striker defender midfielder goalkeeper quarterback forward winger batsman
    bowler captain coach manager champion athlete boxer golfer sprinter swimmer neurosurgeon surgeon scientist
    economist historian philosopher professor academic veteran general admiral colonel pope archbishop bishop
    prince princess king queen duke duchess native newcomer incumbent populist demagogue mother father
    mother-of-two mother-of-three father-of-two father-of-three grandmother grandfather widow widower teenager
    pensioner septuagenarian ambassador founder chief boss host anchor pundit pollster strategist adviser
    advisor analyst researcher mp tory celebrity model diplomat activist executive
    sheriff commissioner superintendent comic
    """.split()
)
"""With "the", they mean somebody just named, where that is the only one in sight."""

THINGS = frozenset(
    """
    act bill amendment treaty accord agreement law constitution resolution olympics cup championship award
    awards prize festival war election primary caucuses debate day week month year street avenue road river lake
    ocean sea island bridge tower building mountain plan deal tour parade square park airport highway stadium
    arena memorial declaration referendum
    """.split()
)
"""A capitalised run that ends with one of these names a thing, not a body that speaks."""

PUBLIC_BODIES = frozenset(
    """
    campaign party government department house police court committee senate congress university administration
    ministry agency bureau union council parliament commission service office board authority caucus treasury
    pentagon embassy college school army navy force guard institute
    """.split()
)
"""Bodies that "the company" or "the firm" can't mean."""

AGENCIES = frozenset(
    """
    department agency bureau office administration service authority commission board treasury pentagon
    """.split()
)

CAPTION_CREDITS = (
    r"(?:Getty(?: Images)?|Shutterstock|Reuters|REUTERS|AP(?: Photo)?|AFP|EPA|Bloomberg|PA(?: Media| Wire)?|Alamy"
    r"|NurPhoto|Sipa(?: USA)?)"
)
"""Agencies that a photograph's caption ends with."""
