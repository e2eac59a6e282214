"""Sentences in the manner of many councils' minutes, each with what it undertakes.

Every one is made up. They stand in an item of minutes of 11 June 2024; "Reply:" before a sentence
puts it into a written reply. What is expected: commitment, request or none; the owner; the last
day of when it is due; and the beginning of the action.
"""

from __future__ import annotations

from typing import NamedTuple


class Told(NamedTuple):
    """A sentence, and what it undertakes."""

    words: str
    kind: str
    owner: str | None = None
    due: str | None = None
    action: str = ""


YES, ASKED, NO = "commitment", "request", "none"

ENGLISH = (
    Told(
        "Mrs Tolland undertook to send Members the ferry timetable by 28 June 2024.",
        YES,
        "Mrs Tolland",
        "2024-06-28",
        "send Members the ferry timetable",
    ),
    Told(
        "The Director of Harbours agreed to report back on dredging at the next meeting.",
        YES,
        "The Director of Harbours",
        None,
        "report back on dredging",
    ),
    Told(
        "The Head of Parks advised that a replacement slide would be installed by the end of July.",
        YES,
        None,
        "2024-07-31",
        "a replacement slide would be installed",
    ),
    Told(
        "Councillor Pell promised that she would raise the matter with the water company.",
        YES,
        "Councillor Pell",
        None,
        "raise the matter with the water company",
    ),
    Told(
        "It was agreed that a briefing note be circulated to all members of the Panel.",
        YES,
        None,
        None,
        "a briefing note be circulated",
    ),
    Told(
        "RESOLVED that the Head of Finance be asked to bring a further report in September 2024.",
        YES,
        "the Head of Finance",
        "2024-09-30",
        "bring a further report",
    ),
    Told(
        "RESOLVED that the Leader write to the Secretary of State about bus fares.",
        YES,
        "the Leader",
        None,
        "write to the Secretary of State",
    ),
    Told(
        "Officers would look into the cost of a second slipway and report to Cabinet in autumn.",
        YES,
        "Officers",
        None,
        "look into the cost of a second slipway",
    ),
    Told(
        "The Monitoring Officer confirmed that she would review the register within six weeks.",
        YES,
        "The Monitoring Officer",
        "2024-07-23",
        "review the register",
    ),
    Told(
        "ACTION: Clerk to circulate the revised map.",
        YES,
        "Clerk",
        None,
        "circulate the revised map",
    ),
    Told(
        "Mrs Tolland undertook to monitor the ferry's traffic over the next three years.",
        YES,
        "Mrs Tolland",
        None,
        "monitor the ferry's traffic",
    ),
    Told(
        "Mrs Tolland undertook to review the ferry fares within two years.",
        YES,
        "Mrs Tolland",
        "2026-06-11",
        "review the ferry fares",
    ),
    Told(
        "ACTION JP to circulate the revised map.",
        YES,
        "JP",
        None,
        "circulate the revised map",
    ),
    Told(
        "In reply, Mr Quill said that he would provide the figures after the meeting.",
        YES,
        "Mr Quill",
        None,
        "provide the figures after the meeting",
    ),
    Told(
        "An update on the lido would be brought back to the Committee in due course.",
        YES,
        None,
        None,
        "An update on the lido would be brought back",
    ),
    Told(
        "The Strategic Director gave an assurance that the toilets would be repaired before"
        " Christmas.",
        YES,
        "The Strategic Director",
        "2024-12-31",
        "the toilets would be repaired",
    ),
    Told(
        "The Chair asked that the next report show the figures by ward.",
        ASKED,
    ),
    Told("Councillor Quill requested a site visit to the quarry.", ASKED),
    Told("Members called on the developer to finish the footpath.", ASKED),
    Told("Councillor Dray asked if a bench could be placed by the pond.", ASKED),
    Told("Councillor Dray said that the scheme would cost too much.", NO),
    Told("The report would help Members to understand the risks.", NO),
    Told("It was hoped that the bridge would open in the spring.", NO),
    Told("The consultants expected that traffic would fall by a tenth.", NO),
    Told("Mr Pell declared an interest and would leave the meeting for item 7.", NO),
    Told("It was agreed that items 4 and 5 would be taken together.", NO),
    Told("RESOLVED that the minutes be approved as a correct record.", NO),
    Told("RESOLVED that the report be noted.", NO),
    Told(
        "RESOLVED that authority be delegated to the Chief Executive to agree minor changes.",
        NO,
    ),
    Told("Members asked when the works would be finished.", NO),
    Told("A new school would be needed if the houses were built.", NO),
    Told("The government would set out its plans in a White Paper.", NO),
    Told("The ferry has been repaired and returned to service in May.", NO),
    Told("The grant would be funded by the Lottery.", NO),
    Told("He had agreed to sell the boathouse in 2019.", NO),
    Told("The ferry company has no plans to buy a second ship.", NO),
    Told("Owners would be told if the Council intended to proceed.", NO),
    Told("Clerk to write to the bus company.", YES, "Clerk", None, "write to the bus company"),
    Told("The report was instructive to read and to discuss.", NO),
    Told("The Clerk was instructed to obtain three prices.", YES, "The Clerk"),
    Told("Mr Quill was asked to check the moorings.", ASKED),
    Told("We would be happy to meet the traders.", YES),
    Told(
        "The Director, Parks and Harbours, will visit the site.",
        YES,
        "The Director, Parks and Harbours",
    ),
)

IRISH = (
    Told("Reply: The footpath will be inspected and a report prepared.", YES, None, None, ""),
    Told(
        "Reply: The Roads Section will repair the potholes at Kilmarra within the next two weeks.",
        YES,
        "The Roads Section",
        "2024-06-25",
        "repair the potholes at Kilmarra",
    ),
    Told(
        "Reply: It is intended to resurface the lane in Q3 2024.",
        YES,
        None,
        "2024-09-30",
        "resurface the lane",
    ),
    Told(
        "On the proposal of Cllr. Devane, seconded by Cllr. Roche, it was agreed to write to the"
        " Minister for Transport.",
        YES,
        None,
        None,
        "write to the Minister for Transport",
    ),
    Told(
        "The Senior Executive Engineer agreed to liaise with the landowner and revert.",
        YES,
        "The Senior Executive Engineer",
        None,
        "liaise with the landowner and revert",
    ),
    Told(
        "It was agreed to receive a deputation from the Tidy Towns group at the July Meeting.",
        YES,
        None,
        "2024-07-31",
        "receive a deputation",
    ),
    Told(
        "Reply: Subject to funding, this location will be considered under the 2025 programme.",
        YES,
    ),
    Told(
        "Councillor Roche proposed that a letter be sent to the bus company. This was seconded by"
        " Councillor Devane.",
        YES,
    ),
    Told("Reply: Once the survey is received, we will be in contact with the residents.", YES),
    Told(
        "The Meetings Administrator undertook to circulate the dates.",
        YES,
        "The Meetings Administrator",
    ),
    Told("It was agreed to refer this Notice of Motion to the Housing Committee.", YES),
    Told("Cllr. Devane requested that the junction be examined.", ASKED),
    Told("I will ask at the next Meeting when the library will be opened.", NO),
    Told("Reply: The scheme will involve the removal of eight trees.", NO),
    Told("Reply: It is anticipated that funding will be announced in October.", NO),
    Told("Reply: The matter has been referred to Irish Water for reply.", NO),
    Told("It was agreed to adopt the Roadworks Programme.", NO),
    Told("On the proposal of Cllr. Roche it was agreed to adjourn the Meeting.", NO),
    Told("Reply: The Council will continue to monitor the situation.", NO),
)

SCOTTISH = (
    Told(
        "The Committee agreed to instruct the Executive Director to prepare a business case for the"
        " pier.",
        YES,
        "the Executive Director",
        None,
        "prepare a business case",
    ),
    Told(
        "The Convener undertook to write to the Scottish Government on ferry fares.",
        YES,
        "The Convener",
    ),
    Told(
        "The Head of Roads advised the Board that gritting routes would be reviewed by 31 October.",
        YES,
        None,
        "2024-10-31",
    ),
    Told(
        "Bailie Rennick confirmed that the Council would publish the results in August.",
        YES,
        "the Council",
        "2024-08-31",
        "publish the results",
    ),
    Told("The Provost hoped that the gala would be well attended.", NO),
    Told("The Committee agreed to note the terms of the report.", NO),
    Told("The Sheriff would always hear such cases in private.", NO),
)

WELSH_AND_NORTHERN_IRISH = (
    Told(
        "It was agreed, on the proposal of Alderman Frew, that officers write to the Department for"
        " Infrastructure.",
        YES,
        "officers",
        None,
        "write to the Department for Infrastructure",
    ),
    Told(
        "The Corporate Director stated that Welsh signs would be erected by early September 2024.",
        YES,
        None,
        "2024-09-30",
    ),
    Told(
        "RESOLVED that the Cabinet Member be requested to report to the Scrutiny Committee within"
        " three months.",
        YES,
        "the Cabinet Member",
        "2024-09-11",
        "report to the Scrutiny Committee",
    ),
    Told(
        "The Town Clerk agreed to contact the owners of the mill.",
        YES,
        "The Town Clerk",
        None,
        "contact the owners of the mill",
    ),
    Told("Alderman Frew urged the Executive to think again.", ASKED),
    Told("Members felt that the new tax would hurt small shops.", NO),
    Told("It was likely that the market would be moved in 2026.", NO),
    Told("The Act would require every council to keep a register.", NO),
)

PLAIN_OR_NOT = (
    Told("The forecast indicated that savings of £3 million would be delivered this year.", NO),
    Told(
        "Mr Quill said that a toll would not please the town but would drive out trade, and would"
        " be hard to undo.",
        NO,
    ),
    Told("Councillor Pell said that she would rather see oaks planted on the green.", NO),
    Told("It was agreed that the Deputy Chair would take the Chair.", NO),
    Told("The Clerk stated that this would be dealt with under item 9.", NO),
    Told("Each claim will be considered on its merits.", NO),
    Told("The regatta will start at noon, led by the town band.", NO),
    Told("It would make the harbour tidy, welcoming and committed to providing shelter.", NO),
    Told("Later figures would appear to bear this out.", NO),
    Told("Cranes shall be sited so as to keep the skyline open.", NO),
    Told("The Treasurer asked the Leader how she proposed to provide for piers.", NO),
    Told("It was agreed to allocated £500 to the lifeboat.", NO),
    Told("Members agreed to changing the name of the quay.", NO),
    Told("Members agreed to continue to support the lifeboat crew.", NO),
    Told("The Mayor stated that a vote would be taken on the amendment.", NO),
    Told(
        "Thought would be given to the request made by the Pilots’ Guild in July.",
        YES,
        None,
        "2024-07-31",
        "Thought would be given",
    ),
    Told(
        "The funds are in hand and plans for the crane would be brought to the next meeting.",
        YES,
        None,
        None,
        "plans for the crane would be brought",
    ),
    Told("It was agreed that the vote would be taken by a show of hands.", NO),
    Told(
        "The Committee agreed to invite Mr. Tolland to the next meeting.",
        YES,
        "The Committee",
        None,
        "invite Mr. Tolland to the next meeting",
    ),
    Told(
        "The Treasurer agreed to bring the accounts.",
        YES,
        "The Treasurer",
        None,
        "bring the accounts",
    ),
    Told(
        "It was agreed that the Harbour Trust would be invited to a later meeting.",
        YES,
        None,
        None,
        "the Harbour Trust would be invited to a later meeting",
    ),
    Told(
        "In reply to the members, the Director of Harbours said that he would mend the crane.",
        YES,
        "the Director of Harbours",
        None,
        "mend the crane",
    ),
    Told(
        "The Surveyor advised Mrs Pell a lamp would be put up in Quay Lane in July.",
        YES,
        None,
        "2024-07-31",
        "a lamp would be put up",
    ),
    Told(
        "RESOLVED to request that the Minister postpone the poll scheduled for May 2025.",
        YES,
        None,
        None,
        "request that the Minister",
    ),
    Told(
        "Officers will weigh the comments received by 3 July.",
        YES,
        "Officers",
        None,
        "weigh the comments",
    ),
    Told(
        "It was the intention of the Harbour Master to meet the pilots.",
        YES,
        "the Harbour Master",
        None,
        "meet the pilots",
    ),
    Told(
        "Mr Dray asked that the letter be sent to all members and this was agreed.",
        YES,
        None,
        None,
        "the letter be sent to all members",
    ),
)
"""What reading minutes of other meetings taught."""

SENTENCES = PLAIN_OR_NOT + ENGLISH + IRISH + SCOTTISH + WELSH_AND_NORTHERN_IRISH
