#include "core/studio/origins.h"

#include <QByteArray>
#include <QCryptographicHash>
#include <algorithm>
#include <cstring>
#include <optional>

#include "core/base/error.h"
#include "core/base/json.h"
#include "core/image/png_text.h"

namespace loom {
namespace {

constexpr int kMostNumbers = 1 << 16;  // of a latent
constexpr int kRecipeBytes = 8;

std::string base64(std::span<const float> numbers) {
  const QByteArray bytes(reinterpret_cast<const char*>(numbers.data()), static_cast<qsizetype>(numbers.size_bytes()));
  return bytes.toBase64().toStdString();
}

/// Floats in base64, or {"seed", "index", "size"} of sampleLatent().
Latent latentFrom(const Json& json) {
  if (json.is_object()) {
    const int size = json.at("size").get<int>();
    if (size < 1 || size > kMostNumbers) throw Error("a latent of a picture has an impossible size");
    return sampleLatent(json.at("seed").get<std::uint64_t>(), json.at("index").get<std::uint64_t>(), size);
  }
  const QByteArray bytes = QByteArray::fromBase64(QByteArray::fromStdString(json.get<std::string>()));
  Latent latent(std::min<std::size_t>(static_cast<std::size_t>(bytes.size()) / sizeof(float), kMostNumbers));
  if (latent.empty()) throw Error("a latent of a picture is damaged");
  std::memcpy(latent.data(), bytes.constData(), latent.size() * sizeof(float));
  return latent;
}

/// Of what a run was made: the same for a run made again with the same settings and seed, so that what both draw is the
/// same to the byte. Empty where there is no such run.
std::string recipeOf(int number, const Catalogue& catalogue) {
  if (number == 0) return {};
  try {
    const RunInfo run = catalogue.run(number);
    const std::string all = run.preset + run.settings.dump() + run.environment.value("seed", Json()).dump();
    const QByteArray hash = QCryptographicHash::hash(QByteArray::fromStdString(all), QCryptographicHash::Sha1);
    return hash.left(kRecipeBytes).toHex().toStdString();
  } catch (const Error&) {  // it has been deleted
    return {};
  }
}

CharacterOrigin originFrom(const Json& json) {
  CharacterOrigin origin;
  origin.made.name = json.at("name").get<std::string>();
  origin.made.run = json.at("run").get<int>();
  origin.made.step = json.at("step").get<std::int64_t>();
  origin.made.latent = latentFrom(json.at("latent"));
  origin.made.settings = json.at("settings");
  origin.made.note = json.value("note", std::string());
  origin.recipe = json.at("recipe").get<std::string>();
  if (!origin.made.settings.is_object()) throw Error("the settings of a picture are damaged");
  return origin;
}

std::vector<CharacterOrigin> originsIn(const std::optional<std::string>& text) {
  std::vector<CharacterOrigin> origins;
  const std::optional<Json> json = text ? jsonFrom(*text) : std::nullopt;
  if (!json || !json->is_object()) return origins;
  const auto characters = json->find("characters");
  if (characters == json->end() || !characters->is_array()) return origins;
  for (const Json& character : *characters) {
    try {
      origins.push_back(originFrom(character));
    } catch (const Json::exception&) {  // the others may be whole
    } catch (const Error&) {
    }
  }
  return origins;
}

}  // namespace

std::string originText(const Favourite& favourite, const Catalogue& catalogue) {
  if (favourite.latent.empty()) return {};
  Json json{{"name", favourite.name},         {"run", favourite.run},
            {"step", favourite.step},         {"recipe", recipeOf(favourite.run, catalogue)},
            {"settings", favourite.settings}, {"latent", base64(favourite.latent)}};
  if (!favourite.note.empty()) json["note"] = favourite.note;
  return json.dump();
}

void noteOrigins(std::vector<SheetCharacter>& characters, const Model& model, std::uint64_t seed,
                 const GenerateOptions& options, const Catalogue& catalogue) {
  Json settings{{"truncation", options.truncation}, {"crisp_alpha", options.crispAlpha}, {"seed", seed}};
  if (model.run == 0) settings["starter"] = model.preset;
  const std::string recipe = recipeOf(model.run, catalogue);
  for (std::size_t i = 0; i < characters.size(); ++i) {
    characters[i].origin =
        Json{{"name", characters[i].name}, {"run", model.run},
             {"step", model.step},         {"recipe", recipe},
             {"settings", settings},       {"latent", {{"seed", seed}, {"index", i}, {"size", model.latentSize()}}}}
            .dump();
  }
}

std::vector<CharacterOrigin> originsOf(const std::filesystem::path& file) {
  return originsIn(pngText(file, kOriginKeyword));
}

std::vector<CharacterOrigin> originsOf(std::span<const std::byte> png) {
  return originsIn(pngText(png, kOriginKeyword));
}

bool isFromHere(const CharacterOrigin& origin, const Catalogue& catalogue) {
  if (origin.made.run == 0) return origin.made.settings.contains("starter");
  return !origin.recipe.empty() && recipeOf(origin.made.run, catalogue) == origin.recipe;
}

}  // namespace loom
