"""A few papers of a council that does not exist, for tests to read in."""

from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

HARBOUR = """\
SALTMARSH COUNCIL

HARBOUR COMMITTEE

Minutes of the meeting of the Harbour Committee held in the Customs House on Tuesday, 12 March 2024

1. Apologies for absence

Apologies were received from Councillor Pell.

2. Dredging of the inner harbour

The Harbour Master reported that the inner harbour had silted up by half a metre since the last
survey. Members asked whether fishing boats could still berth at low water.

RESOLVED that dredging of the inner harbour begin in September 2024 at a cost of £480,000.

3. Mooring fees

The Committee considered the mooring fees for visiting yachts, which had not risen for six years.

RESOLVED that mooring fees for visiting yachts rise by four per cent from 1 April 2024.
"""

LIBRARIES = """\
SALTMARSH COUNCIL

LIBRARIES COMMITTEE

Minutes of the meeting of the Libraries Committee held in the Reading Room on Monday, 3 June 2024

1. Mobile library

Councillor Quill said that the mobile library <script>alert("bins & boats")</script> had missed
eleven villages in May because its gearbox had failed.

RESOLVED that a second mobile library van be leased for twelve months.

2. Opening hours

RESOLVED that the Eastgate library open until eight in the evening on Thursdays.
"""

WEB_PAGE = """\
<html><head><title>Ferry report</title><script>document.title = "run"</script></head><body>
<h1>Report on the winter ferry</h1>
<p>The winter ferry to Gull Island carried 9,120 passengers, a fifth fewer than in the year before,
because the slipway was closed for repairs in January.</p>
</body></html>
"""


def write_papers(folder: Path) -> Path:
    """Write the papers into a folder, and return it."""
    harbour = folder / "harbour"
    harbour.mkdir(parents=True)
    (harbour / "minutes.txt").write_text(HARBOUR)
    (harbour / "minutes as printed.txt").write_text(HARBOUR)
    (folder / "libraries minutes.txt").write_text(LIBRARIES)
    (folder / "ferry.html").write_text(WEB_PAGE)
    write_pdf(folder / "lighthouse.pdf")
    return folder


def write_pdf(file: Path) -> None:
    """Write a report of two pages, of which the second says who paints the lighthouse."""
    canvas = Canvas(str(file), pagesize=A4, invariant=True)
    pages = (
        ["Report to the Harbour Committee", "The lighthouse", "The lighthouse was built in 1871."],
        ["Painting", "The lighthouse shall be painted red and white by Brightwork Painters."],
    )
    for lines in pages:
        for row, line in enumerate(lines):
            canvas.drawString(72, 760 - 24 * row, line)
        canvas.showPage()
    canvas.save()
