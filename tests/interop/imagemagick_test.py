"""ImageMagick reads our films frame by frame, with their delays, and finds no colour that the sprites do not have."""
import subprocess

from exported import Exported, tool

identify = tool("identify")
convert = tool("convert")
exported = Exported(characters=2)


def said(*words):
    return subprocess.run(words, check=True, capture_output=True, text=True).stdout


film = exported.folder / "walk.gif"
exported.run("interpolate", exported.project, "starter", "--from", 1, "--to", 2, "--frames", 5, "--fps", 20,
             "--scale", 2, "--out", film)
frames = said(identify, "-format", "%T %W %H\n", str(film)).split("\n")[:-1]
assert len(frames) == 5, frames
assert all(frame.split()[0] == "5" for frame in frames), frames  # hundredths of a second
print("gif: 5 frames of 50 ms")

# Exact colours: the same film as APNG frames has no colour that the GIF lacks, for neither is dithered.
still = exported.folder / "still.gif"
exported.run("interpolate", exported.project, "starter", "--from", 1, "--to", 1, "--frames", 2, "--scale", 1,
             "--out", still)
picture = exported.folder / "still"
exported.run("generate", exported.project, "starter", "--count", 1, "--seed", 1, "--view", "front", "--out", picture)


def colours(file):
    text = said(convert, str(file), "-depth", "8", "txt:-")
    found = set()
    for line in text.splitlines():
        if line.startswith("#"):
            continue
        colour = line.split()[2]
        if len(colour) == 7 or colour.endswith("FF"):
            found.add(colour[:7])
    return found


wanted = colours(picture / "0.png")
seen = colours(str(still) + "[0]")
assert seen == wanted, (sorted(seen - wanted), sorted(wanted - seen))
print(f"gif: the sprite's {len(wanted)} colours, and no other")
