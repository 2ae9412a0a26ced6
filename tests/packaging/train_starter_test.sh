#!/usr/bin/env bash
# packaging/train-starter explains itself, refuses nonsense before it builds anything, does each step once, lets the
# learning rate fall as long as the run goes, and leaves halves with the figures and artists in their card.
set -eu
top=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
fail() { echo "FAILED: $*"; cat "$work/out" 2>/dev/null || true; exit 1; }

# A tree with the scripts and a card, a build that does nothing, and a program that writes down what it was asked for.
tree=$work/tree
mkdir -p "$tree/packaging" "$tree/models/weights" "$tree/build/bin"
cp "$top/packaging/common.sh" "$top/packaging/train-starter" "$top/packaging/starter-card" "$tree/packaging/"
calls=$work/calls
printf '#!/bin/sh\necho "build $*" >>"%s"\n' "$calls" >"$tree/packaging/build"
chmod +x "$tree/packaging/build"
cat >"$tree/build/bin/spriteloom-cli" <<EOF2
#!/usr/bin/env python3
import json, struct, sys
words = sys.argv[1:]
open("$calls", "a").write(" ".join(words) + "\n")
def say(**event): print(json.dumps(event))
if words[0] == "presets":
    for name, training, schedule in (("turnaround", "turnaround", "cosine"), ("hero", "hero", "constant")):
        say(event="preset", name=name, training=training, settings=[{"name": "schedule", "default": schedule}])
elif words[0] == "train":
    say(event="step", step=30, epoch=2.5)
    say(event="done", run=2 if "hero" in words else 1, steps=30, seconds=60)
elif words[0] == "info":
    run = {"seconds": 7200, "environment": {"seed": 1}, "best": {"metric": "held_out_l1", "value": .04321, "step": 30}}
    say(event="done", runs=[run | {"run": 1, "preset": "turnaround"}, run | {"run": 2, "preset": "hero"}])
elif words[:2] == ["model", "export"]:
    credits = "Credits\n\nAuthor:     Ann, Bob\nLicence:    GPL-3.0\nSource:     lpc-layers.zip\n"
    head = json.dumps({"__metadata__": {"credits": credits, "step": "30"}}).encode()
    with open(words[words.index("--out") + 1], "wb") as file: file.write(struct.pack("<Q", len(head)) + head)
    say(event="done")
elif words[0] == "evaluate":
    say(event="done", measures=[{"title": "KID", "value": .012, "floor": .001, "baseline": .02}])
else:
    say(event="done")
EOF2
chmod +x "$tree/build/bin/spriteloom-cli"
for preset in turnaround hero; do
  cat >"$tree/models/weights/$preset.json" <<'EOF2'
{"title": "Heroes", "text": "They turn.", "licence": "GPL-3.0", "weaknesses": ["hats"], "commands": [], "measures": [],
 "data": [{"name": "layers", "archive": "lpc-layers.zip", "licence": "GPL-3.0", "source": "s", "artists": ["Ann"]}]}
EOF2
done
touch "$work/heroes.zip" "$work/layers.zip"
run() { : >"$calls"; "$tree/packaging/train-starter" "$@" >"$work/out" 2>&1; }
card() { python3 -c 'import json, sys; print(json.load(open(sys.argv[1]))[sys.argv[2]])' "$tree/models/weights/$1.json" "$2"; }

for word in --help -h; do
  run $word || fail "$word"
  grep -q "packaging/train-starter \[OPTION" "$work/out" || fail "$word does not show how to call it"
done
for words in "" "$work/heroes.zip" "$work/none.zip $work/layers.zip" "--minutes ten $work/heroes.zip $work/layers.zip" \
  "--what $work/heroes.zip $work/layers.zip"; do
  # shellcheck disable=SC2086
  ! run $words || fail "'$words' was taken"
  [ ! -s "$calls" ] || fail "'$words' was refused only after $(cat "$calls")"
done

run --minutes 120 --characters 50 --seed 1 --torch /t "$work/heroes.zip" "$work/layers.zip" || fail "a good run"
grep -q "^build --torch /t$" "$calls" || fail "the build was not told where LibTorch lies"
grep -q "^compose .*lpc-layers.zip --count 50 --seed 1 " "$calls" || fail "nothing was composed as asked"
grep -q "^train .*--preset turnaround --seed 1 --minutes 120 --set schedule_steps=3600 " "$calls" ||
  fail "30 steps a minute are 3600 in two hours: $(cat "$calls")"
grep -q "^train .*--preset hero --seed 1 --minutes 120 --json" "$calls" || fail "a rate that stays was told to fall"
[ "$(grep -c ^compose "$calls")" = 1 ] || fail "new heroes are trained on composed characters"
grep -q "^model export .* --best --half " "$calls" || fail "no halves of the best weights"
[ -s "$tree/models/weights/turnaround.safetensors" ] || fail "there are no weights"
[ "$(card turnaround title)" = Heroes ] || fail "what people wrote is gone"
card turnaround measures | grep -q "0.04321" || fail "the card lacks the measure: $(card turnaround measures)"
card turnaround measures | grep -q "'120'" || fail "the card lacks the minutes: $(card turnaround measures)"
for preset in turnaround hero; do card $preset measures | grep -q "0.012, floor 0.001, baseline 0.02" || fail "$preset was not evaluated: $(card $preset measures)"; done
card turnaround data | grep -q "\['Ann', 'Bob'\]" || fail "the artists were not taken over, each once"
card turnaround commands | grep -q "compose turnaround.loom --layers lpc-layers.zip --count 50" ||
  fail "the card lacks the commands, or tells of this machine: $(card turnaround commands)"

run "$work/heroes.zip" "$work/layers.zip" || fail "once more"
! grep -q "^train\|^import\|^compose" "$calls" || fail "what was done already was done again"
rm "$tree/models/weights/hero.json"
! run --only hero "$work/heroes.zip" "$work/layers.zip" || fail "weights without a card"
grep -q "write .*hero.json first" "$work/out" || fail "nothing says that the card is missing"
! run --only nothing "$work/heroes.zip" "$work/layers.zip" || fail "a preset that is none"
echo passed
