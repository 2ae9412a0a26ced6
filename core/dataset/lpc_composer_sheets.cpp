#include "core/dataset/lpc_composer_sheets.h"

#include <algorithm>
#include <set>
#include <system_error>
#include <utility>

#include "core/base/atomic_file.h"
#include "core/base/error.h"
#include "core/image/codec.h"

namespace loom {
namespace {

namespace fs = std::filesystem;

constexpr const char* kCreditsName = "CREDITS.txt";

std::string sheetName(std::uint64_t number) {
  return std::to_string(number) + ".png";
}

void refuseToReplace(const fs::path& folder, const std::vector<std::uint64_t>& numbers) {
  std::vector<fs::path> taken;
  for (const std::uint64_t number : numbers) {
    if (fs::exists(folder / sheetName(number))) taken.push_back(folder / sheetName(number));
  }
  if (fs::exists(folder / kCreditsName)) taken.push_back(folder / kCreditsName);
  if (taken.empty()) return;
  const std::string others = taken.size() > 1 ? " and " + std::to_string(taken.size() - 1) + " more" : "";
  throw Error(taken.front().string() + others + " would be replaced",
              "choose another folder for the sheets, or add --force to replace", taken.front());
}

}  // namespace

LpcSheetFolder::LpcSheetFolder(const fs::path& folder, const std::vector<std::uint64_t>& numbers, bool replace)
    : m_folder(folder) {
  if (!replace) refuseToReplace(folder, numbers);
  std::error_code failure;
  m_made = fs::create_directories(folder, failure);
  m_aside = freeName(folder / ".sheets");
  if (!failure) fs::create_directory(m_aside, failure);
  if (failure)
    throw Error("no sheets can be written to " + folder.string() + ": " + failure.message(), "choose another folder",
                folder);
}

LpcSheetFolder::~LpcSheetFolder() {
  std::error_code ignored;
  fs::remove_all(m_aside, ignored);
  if (!m_finished && m_made) fs::remove(m_folder, ignored);  // when it is empty
}

void LpcSheetFolder::write(const LpcLibrary& library, const LpcCharacter& character, std::uint64_t number) const {
  writePng(m_aside / sheetName(number), composeSheet(library, character));
}

void LpcSheetFolder::finish(const LpcLibrary& library,
                            const std::vector<std::pair<std::uint64_t, LpcCharacter>>& characters) {
  for (const auto& [number, character] : characters) {
    std::error_code failure;
    fs::rename(m_aside / sheetName(number), m_folder / sheetName(number), failure);
    if (failure)
      throw Error("a sheet cannot be written to " + m_folder.string() + ": " + failure.message(), {}, m_folder);
  }
  writeFileAtomically(m_folder / kCreditsName, creditsText(library, characters));
  m_finished = true;
}

std::string creditsText(const LpcLibrary& library,
                        const std::vector<std::pair<std::uint64_t, LpcCharacter>>& characters) {
  std::string text = "These characters were composed from the layers of " + library.name() +
                     ". Name the artists below wherever you use them, under the licence given.\n";
  std::set<int> used;
  for (const auto& [number, character] : characters) {
    const LpcCredit credit = creditOf(library, character);
    text += "\n" + sheetName(number) + "\n  by " + authorList(credit) + "\n  licence: " + credit.licence + "\n";
    for (const int layer : drawnLayers(library, character)) {
      text += "  - " + library.layers()[static_cast<std::size_t>(layer)].path + "\n";
      used.insert(layer);
    }
  }
  text += "\nLayers and their artists (\"one or more of\": the credits do not say which)\n";
  for (const int layer : used) {
    const LpcCredit& credit = library.credit(layer);
    text += "\n" + library.layers()[static_cast<std::size_t>(layer)].path + "\n  " +
            (credit.exact ? "by " : "by one or more of ") + authorList(credit) + "\n  licence: " + credit.licence +
            "\n";
  }
  return text;
}

}  // namespace loom
