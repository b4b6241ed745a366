"""How many an article says were killed."""

from __future__ import annotations

import pytest

from detente.compare.tolls import find_tolls, main_toll
from tests.compare.builders import make_article


def toll_of(text, **more):
    found = main_toll(make_article("a", text, day="2021-05-04", **more))
    return found.value if found else None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A blast killed 12 people in the port on Monday.", 12),
        ("Twelve people were killed in the port, officials said.", 12),
        ("At least 31 soldiers have been reported killed.", 31),
        ("The storm left 1,300 villagers dead.", 1300),
        ("Two women and a child were killed by the shell.", 3),
        ("The raid killed nine fighters and wounded 40.", 9),
        ("Four dead, 22 injured in market fire", 4),
        ("Nine killed 30 injured in rocket fire on the town", 9),
        ("The death toll from the collapse rose to 57 on Friday.", 57),
        ("The bombing claimed the lives of 15 people, injuring dozens.", 15),
        ("Police found three bodies in the house.", 3),
        ("He is charged in a double homicide in the north of the city.", 2),
        ("The man shot and killed his wife and three sons.", 4),
        ("The gunman killed two people, then himself.", 3),
        ("Three people were found dead in a murder-suicide.", 3),
        ("Thirteen civilians among them seven children were killed.", 13),
        ("Ten children were among at least 48 people killed.", 48),
        ("Six civilians, including two children, were killed.", 6),
        ("Four people, three adults and a child, were killed.", 4),
        ("Two soldiers and two civilians were killed.", 4),
        ("A young couple and their two children were found dead.", 4),
        ("On 23-04-2016 a child was killed.", 1),
        ("Twenty-six rebels and nine soldiers were killed in the fighting.", 35),
        ("John Smith, 33, and Mary Jones, 31, were there.", None),
        ("Fourteen people were wounded, none killed.", None),
        ("The talks began on 12 May at 9:30.", None),
        ("A boy and a man in his 20s were killed.", 2),
        ("The man killed 2 adults, 2 teens in the house.", 4),
        ("Two people, two women, were killed.", 2),
        ("The strike hit the town, killing at least seven people, both rebels and villagers.", 7),
        ("The pastor was praying when he and eight others were gunned down.", 9),
        ("The army killed a commander as well as five of his entourage.", 6),
        ("The spree left the man, his former boss and a former coworker dead.", 3),
        ("Ronald Hale, 33, and Kendra Hale, 28, were killed.", 2),
        ("Agent Lee Barton and the driver were killed.", 2),
        ("The father was shot dead along with his two sons.", 3),
        ("The bodies of Megan Roe, 33, Mark Roe, 40, and the couple's three children were found.", 5),
        ("Police shot and killed Ann Lee, a teacher at the school.", 1),
        ("He was charged in the shooting death of his wife, teacher Ann Lee.", 1),
        ("He was convicted of two counts of first-degree murder.", 2),
        ("He was convicted of two counts of attempted murder.", None),
        ("Police called it a murder-suicide.", 2),
        ("The death toll from the strikes in the town on the river, a monitor said, has risen to 82.", 82),
        ("A third victim died on Tuesday.", 3),
        ("Four victims died at the scene and a fifth died in hospital.", 5),
        ("Brown was 17 when the killings happened.", None),
        ("A teenager died from a self-inflicted wound.", 1),
        ("A boy died after accidentally shooting himself.", 1),
        ("Police found a girl dead. The man shot her, then himself.", 2),
        ("A teen boy, 15, dies of his wounds.", 1),
        ("She was shot on Dec. 25 and has died, her family said.", None),
        ("He was one of many children under 15 who were killed in the city.", 1),
        ("Officers shot two murder suspects.", None),
        ("John Roe, 33, of Dallas, and Mary Roe, 31, of Houston, were killed.", 2),
        ("John Roe, a 33-year-old man, was shot and killed Sunday.", 1),
        ("A boy who was shot in the face at home has died.", 1),
        ("A 6 year old girl and her mother died.", 2),
        ("The brothers, 10 and 12, were killed.", None),
        ("There were reports of hundreds of deaths.", 200),
        ("The death toll is in the hundreds.", 200),
        ("Death tolls ranged from 500 to more than 1,300.", 1300),
        ("Half a dozen people died.", 6),
        ("One thousand three hundred people died.", 1300),
        ("Two hundred and twelve people were killed.", 212),
        ("The virus had 382 known cases, including 241 deaths.", 241),
        ("The flood caused 90 deaths, including 12 deaths of children.", 90),
        ("The strike killed, the monitor says, more than 30 people.", 30),
        ("The opposition put the death toll as high as 300.", 300),
        ("The toll could reach 80.", 80),
        ("The fighters decapitated five captives.", 5),
        ("Nine fishermen met their deaths in the storm.", 9),
        ("At least 30 fighters from both sides were killed, 18 of them rebels.", 30),
        ("Commander Abu Hassan was killed along with three of his men.", 4),
        ("The strike killed Abu Hassan, a commander, and three of his men.", 4),
        ("Ann Lee was shot and killed on Monday.", 1),
        ("The man killed 3, self in the house.", 4),
        ("A fourth victim of the shooting dies in hospital.", 4),
        ("A total of 42 people, including 16 civilians, lost their lives.", 42),
        ("Five people were shot, two of them fatally.", 2),
        ("Four of the five people shot died.", 4),
        ("He was one of five officers killed in the attack.", 5),
        ("Two of the four victims died in hospital.", 2),
        ("A father and his two sons, both under 10, were killed.", 3),
        ("The number killed was put at 1,300.", 1300),
        ("They treated 3,600 patients, of whom 355 died.", 355),
        ("The men were accused of gassing to death 1,300 civilians.", 1300),
        ("Twelve soldiers were killed, along with 30 rebels.", 42),
        ("The army said it had lost 12 soldiers.", 12),
        ("The party lost 12 seats.", None),
        ("All 132 aboard died.", 132),
        ("Thirty-five people including five children lost their lives.", 35),
        ("A bomb killed four U.S. troops and their interpreter.", 5),
        ("Two 16-year-old boys were fatally shot.", 2),
        ("The family of a father of 4 killed in a shooting spoke.", None),
        ("A teen was shot, killed in the street.", 1),
        ("The attack claimed 300 victims.", 300),
        ("One man, a 28-year-old cousin, and two women were killed.", 3),
        ("The rig sank with the loss of 11 workers.", 11),
        ("The party was punished with the loss of 11 seats.", None),
        ("Eleven workers are missing and presumed dead.", 11),
        ("The agency said 36 of its personnel were killed.", 36),
        ("The blast killed 11 workers, 27 new projects have been approved since.", 11),
        ("The strikes killed between 500 and 1,300 people.", 1300),
        ("The attack killed from 500 to well over 1,000 people, they said.", 1000),
        ("The death toll was estimated between 500 and 1,300.", 1300),
        ("The gang killed and buried five civilians in the town.", 5),
        ("The gang killed and wounded five civilians in the town.", None),
        ("Some 17 search warrants have been executed.", None),
        ("The man killed the victim, a 37-year-old teacher.", 1),
        ("The man killed his wife, a son and two daughters.", 4),
        ("The deputy shot and killed the 10-year-old boy, deputies said.", 1),
    ],
)
def test_the_dead_are_counted_as_told(text, expected):
    assert toll_of(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A strike killed 8 people. Since the start of the war more than 9,000 people have been killed.", 8),
        ("Last year 40 people were killed there. On Monday a mine killed two miners.", 2),
        ("Dozens were killed in the raid. At least 29 people died, doctors said.", 29),
        ("A raid killed 50 fighters. It killed 50 fighters and eight civilians, the monitor said.", 58),
        ("More than 30 people were killed. At least 31 people were killed, rescuers said.", 31),
        ("Two people were killed on Monday. The toll later rose to five.", 5),
        ("One victim, a woman, died at the scene. Two others were killed outside.", 3),
        ("Fifteen young Assyrians were killed in the village earlier this week.", 15),
        ("The shelling claimed four lives.", 4),
        ("A strike killed 9 people. An earlier toll of 12 killed was wrong.", 9),
        ("In all 19 people were killed and injured. At least 4 people died, doctors said.", 4),
        ("A teenager was found dead. The city has had 50 homicides this year.", 1),
        ("Dozens died in raids on the city. A mine killed two people. Raids killed 29 people, it said.", 29),
        ("He was the first of a total of four doctors murdered. Two nurses were killed on Monday.", 2),
        ("Three stars were among 10 people killed when two planes met.", 10),
        ("He shot three people last month. The man killed two drivers.", 2),
        ("The man who killed three people last month pleaded guilty. He killed two drivers, it says.", 3),
        ("Three more people died overnight, bringing the toll to 14.", 14),
        ("It was the worst attack since 2012, when 26 people died. Nine were killed on Monday.", 9),
        ("A man was found dead. Three suspects were charged with murder.", 1),
    ],
)
def test_the_main_toll_is_that_of_the_event_told_in_full(text, expected):
    assert toll_of(text) == expected


def test_a_toll_cites_its_words():
    article = make_article("a", "Officials said at least 12 soldiers were killed.", day="2021-05-04")
    [toll] = find_tolls(article)
    assert (toll.low, toll.high, article.words(toll.span)) == (12, None, "at least 12 soldiers")


def test_the_attackers_death_widens_the_toll_upwards():
    found = main_toll(
        make_article("a", "The man killed two people before killing himself.", day="2021-05-04")
    )
    assert found is not None
    assert (found.low, found.high) == (2, 3)
