"""Pillow reads our sheets, their JSON, indexed PNG and films: pixels, frames and delays."""
import json

from exported import Exported, pillow, same

image = pillow()
exported = Exported()
originals = exported.originals()

for layout in ["grid", "strip", "lpc", "packed"]:
    sheet_file = exported.sheet(layout + ".png", "--layout", layout, "--data", "json-hash", "--data", "json-array")
    sheet = image.open(sheet_file).convert("RGBA")
    frames = json.loads(sheet_file.with_suffix(".json").read_text())["frames"]
    if not isinstance(frames, dict):
        frames = {frame["filename"]: frame for frame in frames}
    assert len(frames) == len(originals), (layout, len(frames))
    for name, frame in frames.items():
        place = frame["frame"]
        part = sheet.crop((place["x"], place["y"], place["x"] + place["w"], place["y"] + place["h"]))
        wanted = originals[tuple(name.removesuffix(".png").split("/"))]
        cell = image.new("RGBA", part.size)
        cell.paste(wanted, ((part.width - wanted.width) // 2, part.height - wanted.height))
        assert same(part, cell), f"{layout}: {name}"
    print(f"{layout}: {len(frames)} frames as they were")

for ending in ["gif", "png", "webp"]:
    film_file = exported.folder / ("walk." + ending)
    said = exported.run("interpolate", exported.project, "starter", "--from", 1, "--to", 2, "--frames", 6,
                        "--fps", 10, "--scale", 1, "--out", film_file)
    film = image.open(film_file)
    assert film.n_frames == said["frames"] == 6, (ending, film.n_frames)
    delays = []
    for number in range(film.n_frames):
        film.seek(number)
        film.load()
        delays.append(film.info.get("duration", 0))
        assert film.size == (said["width"], said["height"])
    assert all(abs(delay - 100) < 1 for delay in delays), (ending, delays)
    print(f"{ending}: 6 frames of 100 ms")
