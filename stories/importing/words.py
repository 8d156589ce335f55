"""Words by which headings are told from the sentences that follow them, in English."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Lower case within a heading of capitalised words.
SMALL = _words(
    """
    a an and as at but by for from if in into is it its nor not of off on onto or out over per so than that the
    then to up upon v via vs was with yet after amid before between de la le du van von der den del di da el al
    bin
    """
)

# A heading does not end with one of these.
DANGLING = _words(
    """
    a an and as at but by for from if in into nor of on onto or over per than that the to under upon v via vs
    with after amid before between during while when says said
    """
)

# Capitalised within a line whose heading has small words in lower case, these begin a sentence.
STARTERS = _words(
    """
    the a an in on at by for as to it he she we they this these those that there i
    """
)

# These begin sentences too, but a heading's own words are written the same.
WEAK_STARTERS = _words(
    """
    after before when while with amid during from since under despite if although though because both some many
    most more several all no not its his her their our according following among within without until once as
    """
)

# These begin a sentence without doubt when a comma follows.
OPENERS = _words(
    """
    meanwhile however earlier later nevertheless conversely moreover furthermore yesterday today still instead
    separately elsewhere additionally also then finally afterwards overall initially
    """
)

HONORIFICS = _words(
    """
    president minister premier chancellor secretary senator sen representative rep congressman congresswoman
    governor gov mayor ambassador envoy negotiator spokesman spokeswoman spokesperson adviser advisor aide
    commissioner judge justice general gen colonel col captain capt lieutenant lt admiral adm major maj sergeant
    sgt marshal commander king queen prince princess emperor pope cardinal archbishop bishop rabbi imam sheikh
    ayatollah dr mr mrs ms mx prof professor sir dame lord lady baroness chairman chairwoman chair director
    chief leader speaker lawmaker analyst coach attorney prosecutor diplomat historian economist author actor
    singer tsar emir sultan crown
    """
)

# These stand before an honorific and belong to it.
MODIFIERS = _words(
    """
    prime foreign defence defense interior finance former ex-president vice deputy acting special chief senior
    then-president first second lead top assistant under outgoing incoming opposition party state crown major
    lieutenant right attorney general house senate national security press reserve federal
    commission european bank union supreme
    """
)

# With the word that follows, these are one name.
COMPOUND = _words(
    """
    new north south east west northern southern eastern western central united european white supreme security
    san los las santa saint st sri saudi abu el al hong costa puerto burkina sierra ivory cape tel red wall
    great papua bosnia buenos rio federal national international world middle african arab amnesty human downing
    capitol port mount lake fort de la
    """
)

# “X of Y” is one name when X is one of these.
HEADS = _words(
    """
    bank house ministry department university secretary state president king queen prince duke gulf sea strait
    republic kingdom court board council chief head mayor bishop city minister isle union league director office
    bureau states
    """
)

GIVEN_NAMES = _words(
    """
    adam ahmed alan alex alexander ali alice amina amy ana andrea andrew andriy angela anna anne anthony antonio
    antony barbara ben benjamin boris carlos carol caroline catherine charles chris christine claire claudia
    daniel david diana dmitry dmytro donald elena elizabeth emily emma emmanuel eric eva fatima francis frank
    friedrich gabriel george giorgia grace hannah hans hassan helen henry hillary hussein ibrahim igor irina
    isabel ivan jack jacob james jan jane jared jason jean jeff jennifer jessica joan joe john jonathan jorge
    jose josé joseph juan julia julie karen karl kate keir kevin khalid kim kirill laura lee leo linda lisa
    louis lucy luis luiz maria marco margaret mariam marie mark martin mary matthew michael michelle mike
    mohamed mohammed muhammad nancy narendra natalia nicolas nikolai nina olaf oleg olena olga omar oscar pablo
    patricia patrick paul peter petro philip pierre rachel recep richard rishi robert roger rosa rustem ruth
    samuel sara sarah scott sergei sergey sofia sophie stefan stephen steve steven susan svetlana tatiana
    theresa thomas tim tom tony ursula victor viktor vladimir volodymyr walter wang wendy william xi yevhen yoav
    yulia yuri yusuf
    """
)

# Within a name: “Ursula von der …”.
PARTICLES = _words("de la le du van von der den del di da el al bin ibn ben")

NUMBERS = _words(
    """
    two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty dozens hundreds
    thousands
    """
)

ABBREVIATIONS = _words(
    """
    u.s. u.k. u.n. e.u. d.c. dr. mr. mrs. ms. mx. prof. sen. rep. gov. gen. col. capt. lt. adm. maj. sgt. st.
    jr. sr. no. vs. inc. ltd. co. corp. jan. feb. mar. apr. jun. jul. aug. sep. sept. oct. nov. dec. rev. hon.
    pres. mt. ft. v.
    """
)
