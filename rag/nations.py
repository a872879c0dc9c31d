"""What a country and its people are called, as data: "Britain's home secretary" is the "UK Home Secretary"."""

from __future__ import annotations

NATIONS: dict[str, str] = {
    word: row.split()[0]
    for row in """us usa u.s american america
uk u.k british britain
afghanistan afghan
argentina argentine argentinian
australia australian
austria austrian
belarus belarusian
belgium belgian
brazil brazilian
canada canadian
chile chilean
china chinese
colombia colombian
cuba cuban
denmark danish
egypt egyptian
england english
ethiopia ethiopian
finland finnish
france french
germany german
greece greek
hungary hungarian
india indian
indonesia indonesian
iran iranian
iraq iraqi
ireland irish
israel israeli
italy italian
japan japanese
kenya kenyan
korea korean
lebanon lebanese
mexico mexican
morocco moroccan
netherlands dutch
nigeria nigerian
norway norwegian
pakistan pakistani
peru peruvian
philippines philippine filipino
poland polish
portugal portuguese
qatar qatari
romania romanian
russia russian
scotland scottish
spain spanish
sweden swedish
switzerland swiss
syria syrian
taiwan taiwanese
thailand thai
tunisia tunisian
turkey turkish
ukraine ukrainian
venezuela venezuelan
vietnam vietnamese
wales welsh
zimbabwe zimbabwean""".splitlines()
    for word in row.split()
}
"""Lower-case words, each with the first of its row."""
