#include "core/studio/reconstruct.h"

#include <algorithm>
#include <iterator>
#include <system_error>

#include "core/base/cores.h"
#include "core/base/error.h"
#include "core/base/file_names.h"
#include "core/image/codec.h"
#include "core/image/edit.h"
#include "core/latent/character_encoder.h"
#include "core/latent/character_inversion.h"
#include "core/latent/sprite_encoder.h"
#include "core/project/view.h"
#include "core/studio/characters.h"

namespace loom {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kBatch = 64;  // pictures read, and in memory, at once

/// One way for a model with an encoder and for one without.
class Reconstructor {
 public:
  Reconstructor(const std::shared_ptr<const Model>& model, const InversionOptions& options, int threads)
      : m_options(options) {
    if (threads < 1) threads = usableCores();
    if (encodesCharacters(*model)) {
      m_characters.emplace(model, threads);
    } else if (hasEncoder(*model)) {
      m_encoder.emplace(model, threads);
    } else {
      m_inverter.emplace(model, threads);
    }
  }

  bool inverts() const { return m_inverter.has_value(); }
  /// Units of a monitor's stage that one sprite takes.
  std::int64_t unitsASprite() const { return inverts() ? m_options.steps : 1; }

  /// `number` is that of the first sprite among all.
  std::vector<Reconstruction> of(std::span<const Sprite> sprites, std::span<const std::optional<int>> views,
                                 std::size_t number, JobMonitor& monitor) {
    InversionOptions options = m_options;
    options.shown.first += number;
    if (m_characters) return asCharacters(sprites, views, options.shown, number, monitor);
    if (m_encoder) return throughEncoder(sprites, views, options.shown, number, monitor);
    std::vector<Reconstruction> found;
    for (std::size_t i = 0; i < sprites.size(); ++i, ++options.shown.first) {
      options.view = views[i];
      const auto before = static_cast<std::int64_t>(number + i) * unitsASprite();
      found.push_back(m_inverter->find(sprites[i], options, monitor, {}, before));
    }
    return found;
  }

 private:
  std::vector<Reconstruction> throughEncoder(std::span<const Sprite> sprites, std::span<const std::optional<int>> views,
                                             const ReconstructOptions& options, std::size_t number,
                                             JobMonitor& monitor) {
    std::vector<int> known;
    for (const std::optional<int>& view : views) known.push_back(view.value_or(0));
    std::vector<Reconstruction> found = m_encoder->reconstruct(sprites, known, options);
    monitor.advance(static_cast<std::int64_t>(number + sprites.size()));
    return found;
  }

  /// Each sprite the only view that is known of a character.
  std::vector<Reconstruction> asCharacters(std::span<const Sprite> sprites, std::span<const std::optional<int>> views,
                                           const ReconstructOptions& options, std::size_t number, JobMonitor& monitor) {
    std::vector<Reconstruction> found;
    for (std::size_t i = 0; i < sprites.size(); ++i) {
      found.push_back(m_characters->reconstruct(sprites[i], views[i].value_or(0), options, options.first + i));
      monitor.advance(static_cast<std::int64_t>(number + i + 1));
    }
    return found;
  }

  InversionOptions m_options;
  std::optional<CharacterInverter> m_characters;
  std::optional<SpriteEncoder> m_encoder;
  std::optional<SpriteInverter> m_inverter;
};

void begin(JobMonitor& monitor, const Reconstructor& reconstructor, std::size_t sprites) {
  monitor.begin(reconstructor.inverts() ? "Looking for latents" : "Reconstructing",
                static_cast<std::int64_t>(sprites) * reconstructor.unitsASprite());
}

std::optional<int> viewIndex(const Model& model, const std::string& view) {
  if (model.views.size() == 1) return 0;
  const auto found = std::ranges::find(model.views, view);
  if (found == model.views.end()) return {};
  return static_cast<int>(found - model.views.begin());
}

/// Sums that become the means.
struct Totals {
  std::int64_t count = 0;
  double l1 = 0;
  double accuracy = 0;
  double strongest = 0;

  void add(const Reconstruction& one) {
    ++count;
    l1 += one.l1;
    accuracy += one.accuracy;
    strongest += one.strongestChannel.value_or(0);
  }
};

/// The next pictures of a folder that can be read, and which files they are.
struct Readable {
  std::vector<const ReconstructionFile*> files;
  std::vector<Sprite> sprites;
  std::vector<std::optional<int>> views;
};

Readable readBatch(std::span<const ReconstructionFile> files, const Model& model, ReconstructionReport& report) {
  Readable batch;
  for (const ReconstructionFile& file : files) {
    try {
      batch.sprites.push_back(fittedTo(readImage(file.from), model.side()).sprite);
    } catch (const Error& error) {
      report.skipped.push_back({file.from, error.what()});
      continue;
    }
    batch.files.push_back(&file);
    batch.views.push_back(viewIndex(model, file.view));
  }
  return batch;
}

void save(const ReconstructionFile& file, const Sprite& sprite, ReconstructionReport& report) {
  std::error_code problem;  // a folder that cannot be made is told by the file that cannot be written
  fs::create_directories(file.to.parent_path(), problem);
  writePng(file.to, sprite);
  report.files.push_back(file.to);
}

}  // namespace

std::vector<Reconstruction> reconstructSprites(const std::shared_ptr<const Model>& model,
                                               std::span<const Sprite> sprites,
                                               std::span<const std::optional<int>> views,
                                               const InversionOptions& options, JobMonitor& monitor, int threads) {
  if (views.size() != sprites.size()) throw Error("not every sprite has a view");
  Reconstructor reconstructor(model, options, threads);
  begin(monitor, reconstructor, sprites.size());
  std::vector<Reconstruction> all;
  for (std::size_t from = 0; from < sprites.size(); from += kBatch) {
    const std::size_t count = std::min(kBatch, sprites.size() - from);
    auto found = reconstructor.of(sprites.subspan(from, count), views.subspan(from, count), from, monitor);
    std::ranges::move(found, std::back_inserter(all));
  }
  return all;
}

std::vector<ReconstructionFile> reconstructionFiles(const fs::path& in, const fs::path& out) {
  std::vector<ReconstructionFile> files;
  FilePaths paths;
  for (const FolderPicture& picture : folderPictures(in)) {
    const fs::path folder = (out / fs::relative(picture.file.parent_path(), in)).lexically_normal();
    files.push_back({picture.file, paths.add(folder, picture.file.stem().string(), ".png"), picture.view});
  }
  for (const ReconstructionFile& file : files) {
    std::error_code problem;
    if (fs::equivalent(file.from, file.to, problem)) {
      throw Error(file.from.string() + " would be written over itself", "choose another --out", file.from);
    }
  }
  return files;
}

ReconstructionReport reconstructFiles(const std::shared_ptr<const Model>& model,
                                      const std::vector<ReconstructionFile>& files, const InversionOptions& options,
                                      JobMonitor& monitor) {
  Reconstructor reconstructor(model, options, 0);
  begin(monitor, reconstructor, files.size());
  ReconstructionReport report;
  report.inverted = reconstructor.inverts();
  Totals totals;
  for (std::size_t from = 0; from < files.size(); from += kBatch) {
    const std::span part = std::span(files).subspan(from, std::min(kBatch, files.size() - from));
    const Readable batch = readBatch(part, *model, report);
    const auto found = reconstructor.of(batch.sprites, batch.views, from, monitor);
    for (std::size_t i = 0; i < found.size(); ++i) {
      save(*batch.files[i], found[i].sprite, report);
      totals.add(found[i]);
    }
  }
  if (totals.count == 0) {
    throw Error("none of the " + std::to_string(files.size()) + " pictures could be read",
                report.skipped.front().file.string() + ": " + report.skipped.front().reason);
  }
  const auto count = static_cast<double>(totals.count);
  report.l1 = totals.l1 / count;
  report.accuracy = totals.accuracy / count;
  if (model->channels() > 1) report.strongestChannel = totals.strongest / count;
  return report;
}

}  // namespace loom
