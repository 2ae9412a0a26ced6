"""Godot (3, without a screen) loads the sheet and reads every frame of its JSON: the pixels are the sprites'."""
import json
import subprocess

from exported import Exported, pillow, tool

godot = tool("godot3-server", "godot-server", "godot3")
image = pillow()
exported = Exported(characters=3)
game = exported.folder / "game"
game.mkdir()
(game / "project.godot").write_text('config_version=4\n[application]\nconfig/name="frames"\n')
sheet = exported.sheet("game/sheet.png", "--layout", "packed", "--data", "json-array")
wanted = []
originals = exported.originals()
frames = json.loads(sheet.with_suffix(".json").read_text())["frames"]
assert len(frames) == len(originals)
for frame in frames:
    sprite = originals[tuple(frame["filename"].removesuffix(".png").split("/"))]
    wanted.append([list(pixel) if pixel[3] else [0, 0, 0, 0] for pixel in sprite.getdata()])
(game / "wanted.json").write_text(json.dumps(wanted))
(game / "check.gd").write_text(
    """extends SceneTree

func read(path):
    var file = File.new()
    file.open(path, File.READ)
    return JSON.parse(file.get_as_text()).result

func _init():
    var sheet = Image.new()
    if sheet.load("res://sheet.png") != OK:
        print("NO SHEET")
        return quit(1)
    sheet.convert(Image.FORMAT_RGBA8)
    var wanted = read("res://wanted.json")
    var frames = read("res://sheet.json")["frames"]
    for number in range(frames.size()):
        var place = frames[number]["frame"]
        var part = sheet.get_rect(Rect2(place["x"], place["y"], place["w"], place["h"]))
        var bytes = part.get_data()
        for pixel in range(part.get_width() * part.get_height()):
            var there = bytes[4 * pixel + 3]
            for channel in range(4):
                var value = bytes[4 * pixel + channel] if there > 0 else 0
                if value != int(wanted[number][pixel][channel]):
                    print("FRAME ", number, " DIFFERS AT ", pixel)
                    return quit(1)
    print("FRAMES ", frames.size())
    quit(0)
"""
)
done = subprocess.run([godot, "--no-window", "--path", game, "--script", "check.gd"], capture_output=True, text=True,
                      timeout=240)
assert f"FRAMES {len(frames)}" in done.stdout, done.stdout + done.stderr
print(f"{len(frames)} frames as they were")
