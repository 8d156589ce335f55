"""Draw the demo's pictures: `python -m stories.demo.draw_pictures --title-font FILE --label-font FILE [NAME ...]`.

Documents name their pictures by checksum, so the new checksum is written into them where the old one stood.
"""

import argparse
import hashlib
from collections.abc import Callable
from pathlib import Path

from stories.demo import charts, diagrams, maps
from stories.demo.drawing import Canvas, Fonts

HERE = Path(__file__).parent
PICTURES: dict[str, Callable[[Fonts], Canvas]] = {
    "ansel-reservoir-levels": charts.reservoir_levels,
    "breakwater-section": diagrams.breakwater,
    "chess-cup-crosstable": charts.chess_crosstable,
    "ferry-fleet-ages": charts.fleet_ages,
    "keld-glacier-profile": diagrams.glacier,
    "orrin-strait-map": maps.orrin_strait,
    "ozone-cycle": diagrams.ozone_cycle,
    "revenue-share-chart": charts.revenue_share,
    "tarric-pupils-chart": charts.tarric_pupils,
    "tidal-turbine": diagrams.tidal_turbine,
    "voyager-distances": charts.voyager_distances,
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--title-font", type=Path, required=True)
    parser.add_argument("--label-font", type=Path, required=True)
    parser.add_argument(
        "names", nargs="*", metavar="NAME", help=f"one of: {', '.join(PICTURES)} (all if none is named)"
    )
    given = parser.parse_args()
    fonts = Fonts(title=given.title_font, label=given.label_font)
    for name in given.names or PICTURES:
        file = HERE / "pictures" / f"{name}.jpg"
        before = file.read_bytes() if file.exists() else b""
        PICTURES[name](fonts).save(file)
        _mend_documents(before, file.read_bytes())
        print(f"{file.name}: {file.stat().st_size // 1024} kB")


def _mend_documents(before: bytes, after: bytes) -> None:
    """Documents name a picture by its checksum: put the new one where the old one stood."""
    old, new = (hashlib.sha256(data).hexdigest() for data in (before, after))
    for file in [*HERE.glob("documents/*.json"), *HERE.glob("histories/*.json")]:
        text = file.read_text(encoding="utf-8")
        if old != new and old in text:
            file.write_text(text.replace(old, new), encoding="utf-8")


if __name__ == "__main__":
    main()
