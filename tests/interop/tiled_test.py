"""Tiled draws a map from our tilesets: every frame comes out as the sprite that went in."""
import os
import re
import subprocess
import xml.etree.ElementTree as xml

from exported import Exported, pillow, same, tool

rasterizer = tool("tmxrasterizer")
environment = dict(os.environ, QT_QPA_PLATFORM="offscreen")
version = subprocess.run([tool("tiled"), "--version"], capture_output=True, text=True, env=environment).stdout
knows_parts = tuple(map(int, re.search(r"(\d+)\.(\d+)", version).groups())) >= (1, 9)
image = pillow()
exported = Exported()
originals = exported.originals()
assert len(originals) == 20, sorted(originals)


def tiles_of(tileset):
    """(character, view) -> tile id, as the tileset says it."""
    found = {}
    for tile in tileset.findall("tile"):
        said = {one.get("name"): one.get("value") for one in tile.find("properties")}
        found[said["character"], said["view"]] = int(tile.get("id"))
    return found


for layout, words in [
    ("grid", []),
    ("strip", ["--padding", "2", "--border", "3"]),
    ("lpc", ["--extrude", "1", "--padding", "2"]),
    ("packed", []),
]:
    if layout == "packed" and not knows_parts:
        print("packed: left out, for tiles that are parts of a picture came with Tiled 1.9; this is " + version.strip())
        continue
    sheet = exported.sheet(layout + ".png", "--layout", layout, "--data", "tsx", *words)
    tileset = xml.parse(sheet.with_suffix(".tsx")).getroot()
    width, height = int(tileset.get("tilewidth")), int(tileset.get("tileheight"))
    tiles = tiles_of(tileset)
    assert set(tiles) == set(originals), (layout, sorted(tiles))
    order = sorted(tiles)
    numbers = ",".join(str(tiles[key] + 1) for key in order)
    map_file = exported.folder / (layout + ".tmx")
    map_file.write_text(
        f'<?xml version="1.0" encoding="UTF-8"?>\n<map version="1.10" orientation="orthogonal" renderorder="right-down"'
        f' width="{len(order)}" height="1" tilewidth="{width}" tileheight="{height}" infinite="0">\n'
        f' <tileset firstgid="1" source="{layout}.tsx"/>\n <layer id="1" name="all" width="{len(order)}" height="1">\n'
        f'  <data encoding="csv">{numbers}</data>\n </layer>\n</map>\n'
    )
    drawn_file = exported.folder / (layout + "-drawn.png")
    subprocess.run(
        [rasterizer, "--no-smoothing", map_file, drawn_file],
        check=True, env=environment,
    )
    drawn = image.open(drawn_file).convert("RGBA")
    assert drawn.size == (width * len(order), height), (layout, drawn.size)
    for place, key in enumerate(order):
        wanted = originals[key]
        left, top = place * width, height - wanted.height
        part = drawn.crop((left, top, left + wanted.width, top + wanted.height))
        assert same(part, wanted), f"{layout}: {key} is not what it was"
    print(f"{layout}: {len(order)} tiles as they were")
