// Seeds for what reads words.
#include "core/image/cleaning.h"
#include "tests/dataset/made_layers.h"
#include "tests/fuzz/seeds/seeds.h"

namespace loom {
namespace {

std::string textOf(const Json& value) {
  return value.is_string() ? value.get<std::string>() : value.dump();
}

void putJson(Seeds& seeds) {
  for (const CleaningKind& kind : cleaningKinds()) {
    seeds.put("json", kind.settings.defaults().dump());
    seeds.put("json", kind.settings.describe().dump(1));
    seeds.put("cleaning_step", cleaningStepText({kind.name, {}}));
    if (kind.palette) seeds.put("cleaning_step", kind.name + "=my palettes/dusk.gpl");
    if (const Setting* main = kind.settings.find(kind.mainSetting)) {
      seeds.put("cleaning_step", kind.name + "=" + textOf(main->fallback));
    }
    for (const Setting& setting : kind.settings.settings()) {
      seeds.put("cleaning_step", kind.name + "," + setting.name + "=" + textOf(setting.fallback));
      for (const std::string& choice : setting.choices) {
        seeds.put("cleaning_step", kind.name + "," + setting.name + "=" + choice);
      }
    }
  }
  seeds.put("json", R"({"palette": ["#203040", "#ffffff80"], "a": [1, -2.5e-3, null, true, "\u00e4\ud83d\ude00"]})");
}

}  // namespace

void putTextSeeds(Seeds& seeds) {
  putJson(seeds);
  for (const char* filter : {"knight red", "view:left -tag:walk", "width:16..64 height:>=32 not:frame:0",
                             "size:64x64 colours:<16", "\"two words\" source:\"a b\" character:\"\"",
                             "excluded:yes cleaned:no duplicate:yes", "Licence:CC0 author:ann"}) {
    seeds.put("filter", filter);
  }
  for (const char* names :
       {"walk-left\nfront\njump\nback left\n\nlpc", "left/knight.png\nright/knight.png\nrpgmaker",
        "0/1.png\n1/1.png\n2/1.png\n3/1.png", "a/knight_walk_0.png\na/knight_walk_10.png\nb/knight-2.gif",
        "con\n..\n.hidden\nk\xC3\xB6nig\n\xFF\xFE\n10\n9"}) {
    seeds.put("names", names);
  }
  seeds.put("lpc_credits", std::string(1, '\0') + kMadeAuthors + "hair/male/short/black.png");
  seeds.put("lpc_credits",
            std::string("\1All art is dual licensed under GNU GPL 3.0 and CC-BY-SA 3.0.\nbody/male/light.png"));
  seeds.put("lpc_credits",
            std::string("\2filename,notes,authors,licenses,urls\n"
                        "hair/long/raven.png,\"a \"\"note\"\"\",\"Ann, Bob\",\"CC-BY-SA 3.0,GPL 3.0\",x\n"));
  for (const MadeLayer& layer : madeLayers()) seeds.put("lpc_credits", std::string(1, '\1') + layer.path);
}

}  // namespace loom
