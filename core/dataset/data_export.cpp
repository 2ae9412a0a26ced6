#include "core/dataset/data_export.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "core/base/atomic_file.h"
#include "core/base/error.h"
#include "core/base/file_names.h"
#include "core/dataset/credits.h"
#include "core/dataset/csv_writer.h"
#include "core/dataset/staged_files.h"
#include "core/image/edit.h"

namespace loom {
namespace {

namespace fs = std::filesystem;

std::vector<SpriteInfo> chosenSprites(const Catalogue& catalogue, const std::vector<SpriteId>& ids) {
  std::vector<SpriteInfo> infos = catalogue.sprites();  // none from the bin
  const std::set<SpriteId> chosen(ids.begin(), ids.end());
  std::erase_if(infos,
                [&](const SpriteInfo& info) { return chosen.empty() ? info.excluded : !chosen.contains(info.id); });
  if (infos.empty()) throw Error("there are no sprites to export", "import some, or include some that are excluded");
  return infos;
}

bool needsCredits(const std::vector<SpriteInfo>& infos) {
  return std::ranges::any_of(infos, [](const SpriteInfo& info) {
    return !info.author.empty() || !info.licence.empty() || !info.source.empty();
  });
}

std::vector<SpriteId> idsOf(const std::vector<SpriteInfo>& infos) {
  std::vector<SpriteId> ids;
  for (const SpriteInfo& info : infos) ids.push_back(info.id);
  return ids;
}

void refuseToReplace(const std::vector<fs::path>& files, bool force) {
  std::int64_t taken = 0;
  fs::path first;
  for (const fs::path& file : files) {
    std::error_code ignored;
    if (fs::is_directory(file, ignored)) throw Error(file.string() + " is a folder", "choose another name", file);
    if (force || !fs::exists(fs::symlink_status(file, ignored))) continue;
    if (taken++ == 0) first = file;
  }
  if (taken == 0) return;
  throw Error(
      first.string() + (taken > 1 ? " and " + std::to_string(taken - 1) + " more files" : "") + " would be replaced",
      "choose another place, or say that they may be replaced (--force)", first);
}

std::string frameName(const SpriteInfo& info) {
  if (info.animation.empty()) return info.character;
  const std::string frame = std::to_string(info.frame);
  return info.character + "-" + info.animation + "-" + (frame.size() < 2 ? "0" : "") + frame;
}

/// The square on which most sprites stand as they are; of two equally frequent sizes the larger.
int usualSide(const std::vector<SpriteInfo>& infos) {
  std::map<int, std::int64_t> times;
  for (const SpriteInfo& info : infos) ++times[std::max(info.width, info.height)];
  return std::ranges::max_element(
             times,
             [](const auto& a, const auto& b) { return std::pair(a.second, a.first) < std::pair(b.second, b.first); })
      ->first;
}

bool sameSize(const std::vector<SpriteInfo>& infos) {
  return std::ranges::all_of(infos, [&first = infos.front()](const SpriteInfo& info) {
    return info.width == first.width && info.height == first.height;
  });
}

std::string labelOf(const SpriteInfo& info, CsvLabelColumn label) {
  return label == CsvLabelColumn::kView ? info.view : info.character;
}

std::string labelName(CsvLabelColumn label) {
  if (label == CsvLabelColumn::kNone) return {};
  return label == CsvLabelColumn::kView ? "view" : "character";
}

struct CreditFiles {
  std::vector<fs::path> paths;
  std::vector<std::string> texts;
};

CreditFiles creditFiles(const Project& project, const Catalogue& catalogue, const std::vector<SpriteInfo>& infos,
                        const fs::path& folder) {
  if (!needsCredits(infos)) return {};
  const std::vector<Credit> credits = creditsOf(catalogue, idsOf(infos));
  return {{folder / "CREDITS.txt", folder / "CREDITS.csv"},
          {creditsText(credits, project.name()), creditsCsv(credits)}};
}

bool holds(const fs::path& file, const std::string& text) {
  try {
    return readTextFile(file, static_cast<std::int64_t>(text.size())) == text;
  } catch (const Error&) {
    return false;
  }
}

/// Whether the same credits are there already, so that nothing is lost by writing them again.
bool areThere(const CreditFiles& credits) {
  for (std::size_t i = 0; i < credits.paths.size(); ++i) {
    if (!holds(credits.paths[i], credits.texts[i])) return false;
  }
  return true;
}

/// Several tables may lie in one folder: the credits of the second are named after it where they are others.
void nameAfter(const fs::path& table, CreditFiles& credits) {
  const auto exists = [](const fs::path& file) {
    std::error_code ignored;
    return fs::exists(fs::symlink_status(file, ignored));
  };
  if (std::ranges::none_of(credits.paths, exists) || areThere(credits)) return;
  for (fs::path& path : credits.paths) {
    path.replace_filename(table.stem().string() + "-" + path.filename().string());
  }
}

}  // namespace

DataExportReport exportFolders(const Project& project, const fs::path& out, const DataExportOptions& options,
                               JobMonitor& monitor) {
  const Catalogue catalogue = project.catalogue();
  const std::vector<SpriteInfo> infos = chosenSprites(catalogue, options.sprites);
  DataExportReport report;
  FilePaths paths;
  for (const SpriteInfo& info : infos) {
    report.files.push_back(paths.add(out / safeFileName(info.view), frameName(info), ".png"));
  }
  const CreditFiles credits = creditFiles(project, catalogue, infos, out);
  report.credits = credits.paths;
  refuseToReplace(report.files, options.force);
  refuseToReplace(report.credits, options.force);

  monitor.begin("Writing pictures", static_cast<std::int64_t>(infos.size()));
  StagedFiles staged(out);
  for (const SpriteInfo& info : infos) {
    const auto index = static_cast<std::size_t>(report.sprites);
    staged.add(report.files[index], encodePng(catalogue.pixels(info.id), options.channels, options.background));
    monitor.advance(++report.sprites);
  }
  for (std::size_t i = 0; i < credits.paths.size(); ++i) {
    staged.add(credits.paths[i], std::as_bytes(std::span(credits.texts[i])));
  }
  staged.commit();
  return report;
}

DataExportReport exportCsv(const Project& project, const fs::path& file, CsvLabelColumn label, bool header,
                           const DataExportOptions& options, JobMonitor& monitor) {
  const Catalogue catalogue = project.catalogue();
  const std::vector<SpriteInfo> infos = chosenSprites(catalogue, options.sprites);
  const fs::path folder = file.parent_path();
  CreditFiles credits = creditFiles(project, catalogue, infos, folder);
  if (!options.force) nameAfter(file, credits);
  DataExportReport report{.files = {file}, .credits = credits.paths};
  refuseToReplace(report.files, options.force);
  if (!areThere(credits)) refuseToReplace(report.credits, options.force);

  StagedFiles staged(folder.empty() ? "." : folder);
  const bool fit = !sameSize(infos);
  const int side = usualSide(infos);
  CsvWriter writer(
      file, fit ? side : infos.front().width, fit ? side : infos.front().height,
      {.channels = options.channels, .header = header, .label = labelName(label), .background = options.background});
  monitor.begin("Writing pictures", static_cast<std::int64_t>(infos.size()));
  std::map<std::string, std::int64_t> fittings;
  for (const SpriteInfo& info : infos) {
    Fitted fitted{.sprite = catalogue.pixels(info.id), .how = {}};
    if (fit) fitted = fittedTo(fitted.sprite, side);
    if (fit && fitted.how != "unchanged") ++fittings[fitted.how];
    writer.add(fitted.sprite, labelOf(info, label));
    monitor.advance(++report.sprites);
  }
  for (const auto& [how, count] : fittings) {
    report.fitting += (report.fitting.empty() ? "" : ", ") + std::to_string(count) + " " + how;
  }
  for (std::size_t i = 0; i < credits.paths.size(); ++i) {
    staged.add(credits.paths[i], std::as_bytes(std::span(credits.texts[i])));
  }
  writer.commit();
  staged.commit();
  return report;
}

}  // namespace loom
