#include "core/dataset/cleaning_job.h"

#include <algorithm>
#include <map>
#include <optional>

#include "core/base/error.h"
#include "core/base/parallel.h"

namespace loom {
namespace {

constexpr std::size_t kBlock = 256;  // sprites in memory at a time

struct Outcome {
  std::optional<CleanedPixels> cleaned;  ///< nothing: the sprite stays as it is
  std::vector<std::string> notes;
  std::string failure;
};

/// Runs work over sprites, block by block on all cores, and writes what changed.
class CleaningJob {
 public:
  CleaningJob(const Project& project, std::span<const SpriteId> ids, JobMonitor& monitor)
      : m_catalogue(project.catalogue()), m_ids(ids), m_monitor(monitor) {}

  Catalogue& catalogue() { return m_catalogue; }

  /// `load` is called on this thread, `work` on any, with what `load` gave.
  template <class Load, class Work>
  CleaningReport run(const std::string& what, const std::string& stage, Load load, Work work) {
    m_monitor.begin(stage, static_cast<std::int64_t>(m_ids.size()));
    for (std::size_t begin = 0; begin < m_ids.size(); begin += kBlock) {
      const std::size_t count = std::min(kBlock, m_ids.size() - begin);
      std::vector<decltype(load(SpriteId{}))> loaded;
      for (std::size_t i = 0; i < count; ++i) loaded.push_back(load(m_ids[begin + i]));
      std::vector<Outcome> outcomes(count);
      parallelFor(
          count, 8,
          [&](std::size_t first, std::size_t last) {
            for (std::size_t i = first; i < last; ++i) outcomes[i] = guarded(m_ids[begin + i], loaded[i], work);
          },
          m_monitor, static_cast<std::int64_t>(begin));
      for (std::size_t i = 0; i < count; ++i) take(m_ids[begin + i], std::move(outcomes[i]));
    }
    write(what);
    return std::move(m_report);
  }

 private:
  template <class Loaded, class Work>
  static Outcome guarded(SpriteId id, const Loaded& loaded, const Work& work) {
    try {
      return work(id, loaded);
    } catch (const std::exception& failure) {
      return {.cleaned = {}, .notes = {}, .failure = failure.what()};
    }
  }

  void take(SpriteId id, Outcome outcome) {
    ++m_report.looked;
    if (!outcome.failure.empty()) m_report.failed.emplace_back(id, outcome.failure);
    for (const std::string& note : outcome.notes) ++m_notes[note];
    if (outcome.cleaned) m_changes.push_back(std::move(*outcome.cleaned));
  }

  void write(const std::string& what) {
    m_report.notes.assign(m_notes.begin(), m_notes.end());
    std::ranges::stable_sort(m_report.notes, std::greater(), [](const auto& note) { return note.second; });
    m_report.changed = static_cast<std::int64_t>(m_changes.size());
    if (m_changes.empty()) return;
    m_monitor.begin("Putting them into the project", m_report.changed);
    Catalogue::Transaction transaction(m_catalogue);
    m_report.change = m_catalogue.addChange(what);
    std::int64_t done = 0;
    for (const CleanedPixels& change : m_changes) {
      m_catalogue.changePixels(m_report.change, change);
      m_monitor.advance(++done);
    }
    transaction.commit();
  }

  Catalogue m_catalogue;
  std::span<const SpriteId> m_ids;
  JobMonitor& m_monitor;
  CleaningReport m_report;
  std::map<std::string, std::int64_t> m_notes;
  std::vector<CleanedPixels> m_changes;
};

struct LoadedSprite {
  Sprite sprite;
  Json steps;
};

std::string joined(const std::vector<CleaningStep>& steps) {
  std::string text;
  for (const CleaningStep& step : steps) text += (text.empty() ? "" : ", ") + cleaningStepText(step);
  return text;
}

Outcome cleaned(SpriteId id, const LoadedSprite& loaded, const std::vector<CleaningStep>& steps) {
  Outcome outcome;
  Sprite sprite = loaded.sprite;
  Json list = loaded.steps;
  bool changed = false;
  for (const CleaningStep& step : steps) {
    CleanedSprite result = clean(sprite, step);
    if (!result.note.empty()) outcome.notes.push_back(result.note);
    if (!result.changed) continue;
    changed = true;
    sprite = std::move(result.sprite);
    list.push_back(toJson(step));
  }
  if (changed) outcome.cleaned = {.sprite = id, .pixels = packSprite(sprite), .steps = std::move(list)};
  return outcome;
}

Sprite replayedOn(const Catalogue& catalogue, Sprite sprite, const Json& steps) {
  for (const Json& json : steps) {
    const CleaningStep step = stepFrom(json);
    sprite = step.name == kEditStep ? catalogue.storedPixels(step.settings.value("pixels", std::int64_t{0}))
                                    : clean(sprite, step).sprite;
  }
  return sprite;
}

/// How many steps the last edit by hand ends: what it drew replaces whatever came before.
std::size_t stepsUpToEdit(const Json& steps) {
  std::size_t count = steps.size();
  while (count > 0 && stepFrom(steps[count - 1]).name != kEditStep) --count;
  return count;
}

}  // namespace

Json toJson(const CleaningStep& step) {
  return {{"name", step.name}, {"settings", step.settings}};
}

CleaningStep stepFrom(const Json& json) {
  const auto name = json.is_object() ? json.find("name") : json.end();
  if (!json.is_object() || name == json.end() || !name->is_string()) {
    throw Error("a cleaning step of a sprite is damaged", "revert the sprite to what it came with");
  }
  return {*name, json.value("settings", Json::object())};
}

CleaningReport cleanSprites(const Project& project, std::span<const SpriteId> ids,
                            const std::vector<CleaningStep>& steps, JobMonitor& monitor) {
  CleaningJob job(project, ids, monitor);
  const SpriteWalk walk = [&](const std::function<void(const Sprite&)>& visit) {
    for (const SpriteId id : ids) visit(job.catalogue().pixels(id));
  };
  const std::vector<CleaningStep> alone = resolved(steps, walk, monitor);
  return job.run(
      joined(steps), "Cleaning sprites",
      [&](SpriteId id) {
        return LoadedSprite{job.catalogue().pixels(id), job.catalogue().steps(id)};
      },
      [&](SpriteId id, const LoadedSprite& loaded) { return cleaned(id, loaded, alone); });
}

Json noSteps(const Json& /*present*/) {
  return Json::array();
}

CleaningReport replaySteps(const Project& project, std::span<const SpriteId> ids, const StepEdit& edit,
                           JobMonitor& monitor) {
  CleaningJob job(project, ids, monitor);
  struct Loaded {
    Sprite original;  ///< empty: nothing changes
    Json steps;
  };
  return job.run(
      "steps", "Replaying the steps",
      [&](SpriteId id) {
        const Json present = job.catalogue().steps(id);
        Json steps = edit(present);
        if (steps == present) return Loaded{};
        // Steps that look into the catalogue cannot leave its thread: what they lead to is read here.
        const std::size_t drawn = stepsUpToEdit(steps);
        if (drawn == 0) return Loaded{job.catalogue().originalPixels(id), std::move(steps)};
        return Loaded{replayedOn(job.catalogue(), {}, Json::array({steps[drawn - 1]})), std::move(steps)};
      },
      [&](SpriteId id, const Loaded& loaded) {
        Outcome outcome;
        if (loaded.original.empty()) return outcome;
        Sprite sprite = loaded.original;
        for (std::size_t i = stepsUpToEdit(loaded.steps); i < loaded.steps.size(); ++i) {
          sprite = clean(sprite, stepFrom(loaded.steps[i])).sprite;
        }
        outcome.cleaned = {.sprite = id, .pixels = packSprite(sprite), .steps = loaded.steps};
        return outcome;
      });
}

CleaningReport editSprite(const Project& project, SpriteId id, const Sprite& pixels, const std::string& what) {
  Catalogue catalogue = project.catalogue();
  CleaningReport report;
  report.looked = 1;
  if (catalogue.pixels(id) == pixels) return report;
  const PackedSprite packed = packSprite(pixels);
  Catalogue::Transaction transaction(catalogue);
  Json steps = catalogue.steps(id);
  steps.push_back({{"name", kEditStep}, {"settings", {{"pixels", catalogue.storePixels(packed)}}}});
  report.change = catalogue.addChange(what);
  catalogue.changePixels(report.change, {id, packed, std::move(steps)});
  transaction.commit();
  report.changed = 1;
  return report;
}

Sprite replayed(const Catalogue& catalogue, SpriteId id, const Json& steps) {
  return replayedOn(catalogue, catalogue.originalPixels(id), steps);
}

}  // namespace loom
