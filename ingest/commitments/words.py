"""The words that tell an undertaking from what only sounds like one."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


AGENTS = _words(
    """
    i we he she they who you council committee sub-committee cabinet executive board panel authority
    district department section unit team office directorate division group members officers officer
    staff director directors manager managers head engineer engineers leader chair chairman
    chairperson chairwoman mayor cathaoirleach provost convener convenor clerk secretary treasurer
    administrator administrators solicitor counsel planner architect librarian surveyor auditor
    auditors inspector inspectors superintendent commissioner gardaí garda police agency trust
    company contractor contractors consultant consultants partnership department’s crew crews
    councillor councillors member colleagues officials official working-group working-party
    commission institute university school college operator developer partners operations
    maintenance taskforce delegation deputation warden wardens technician foreman supervisor
    coordinator co-ordinator designer specialist specialists library representative representatives
    bailie personnel management
    alderman body adviser advisers advisor advisors
    """
)
"""Chief nouns of those who can undertake something."""

THINGS = _words(
    """
    scheme schemes project projects programme programmes program plan plans policy policies strategy
    strategies act bill fund funds funding road roads works work budget budgets week report reports
    meeting meetings process review reviews survey surveys site sites house houses street centre
    study design bye-laws byelaws laws legislation regulations grant grants allocation settlement
    motion amendment tender contract bridge park play area facility facilities order orders
    consultation workshop inspection application improvement improvements money monies covid-19
    paper papers guidance letter agreement page website system
    """
)
"""Chief nouns of what is done, or happens, though its name is written like somebody's."""

NO_PARTICIPLES = _words("in on open even then seven green able subject available likely aware")
"""Words behind "be" that look like participles and are none."""

IDLE_PASSIVES = _words(
    """
    required needed based located situated affected expected seen known entitled permitted allowed
    limited restricted faced charged involved included concerned appreciated achieved exempted hoped
    noted determined dependent delighted pleased interested disappointed welcomed accommodated
    followed reduced increased lost felt used experienced missed impacted exceeded reflected reached
    forced caused prevented avoided sustained governed driven obliged precluded associated supported
    outweighed enabled offset compromised deemed regarded viewed remembered lowered spread
    prohibited treated guided attracted minimised mitigated maximised bound targeted understood
    satisfied encouraged protected paid left funded financed encountered incurred saved improved
    strengthened excluded surprised inclined
    """
)
"""What things will be without anybody undertaking it: effects, needs, feelings."""

WORLDLY = _words(
    """
    have need be want like love wish hope expect know think believe feel see welcome suffer lose
    face benefit become remain continue stay depend require support appreciate find struggle get
    lack prefer note recall happen appear seem mean cost exceed amount last rise fall grow decrease
    increase reduce serve cater apply cover contain consist comprise vary differ exist represent
    cause enable involve include help lead result receive say argue suggest agree learn regard
    oppose vote abstain second speak leave withdraw impact affect decline cease understand value
    relate attract encourage prove hear accept recommend listen declare contribute strengthen
    """
)
"""What even somebody who can undertake things does without undertaking it."""

HAPPENINGS = _words(
    """
    commence begin start proceed issue follow go come open take appear return finish launch run
    reopen resume conclude
    """
)
"""What a thing can do by somebody's undertaking: "works will commence in May"."""

TASKS = _words(
    """
    write writes writing submit submits submitting bring brings bringing prepare prepares preparing
    report reports reporting circulate circulates arrange arranges provide provides providing
    investigate investigates review reviews consult consults ask asks asking request requests
    requesting invite invites inviting look looks explore explores exploring engage engages engaging
    publish publishes send sends sending call calls calling contact contacts examine examines
    consider considers convene convenes hold holds carry carries undertake undertakes undertaking
    ensure ensures establish establishes develop develops organise organises attend attends meet
    meets liaise liaises seek seeks raise raises draft drafts drafting finalise finalising produce
    produces conduct conducts commission commissions work works monitor monitors update updates
    present presents pursue pursues take takes make makes identify identifies install installs refer
    refers respond responds responding inform informs notify notifies forward forwards revert revise
    revises clarify clarifies check checks follow follows remove removes implement implements set
    sets visit visits issue issues correspond corresponds lobby lobbies appeal appeals host hosts
    schedule schedules include includes add adds erect advertise continue compile collate advise
    advises speak survey re-examine feed relay discuss receive share give start begin commence
    repair replace clean paint cut apply procure progress complete expedite put confirm assess audit
    test launch join create obtain compare gather purchase buy plant mark place lay supply return
    """
)
"""What somebody is told, asked or agrees to do after the meeting."""

WORKS = _words(
    """
    extend introduce upgrade amend build construct resurface widen open close fund restore erect
    reopen name rename ban stop increase improve reduce secure expand trial pilot appoint acquire
    allocate designate adopt light fence insulate retrofit convert demolish buy lease zone rezone
    """
)
"""What a motion asks of the council beside TASKS; in a debate it is as often an effect."""

FORMAL = _words(
    """
    adopt approve note accept endorse ratify extend adjourn suspend defer elect appoint nominate
    vote dispense proceed exclude move second amend agree co-opt congratulate thank sympathise
    commend pass dispose acquire sell grant refuse allocate delegate take allow permit alter vary
    change waive conclude sign re-elect stand recognise support welcome reject withdraw express fix
    reappoint declare designate
    """
)
"""What a body does in the meeting itself."""
