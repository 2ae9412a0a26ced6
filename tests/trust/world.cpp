#include "tests/trust/world.h"

#include <optional>
#include <vector>

#include "core/base/atomic_file.h"
#include "core/studio/run_bin.h"
#include "tests/trust/made.h"
#include "tests/trust/promises.h"

namespace loom::trust {
namespace {

namespace fs = std::filesystem;

constexpr int kMostKillsOfARun = 5;
constexpr int kBatchesAhead = 6;  ///< made before the worker starts, so that it imports all the time

bool trains(const std::string& phase) {
  return phase == "training" || phase == "checkpointing";
}

/// What a phase is killed after at most: seconds of work, or lines of its journal and seconds after one.
struct Span {
  double seconds = 0;
  std::uint32_t lines = 0;
  double afterLine = 0;
};
Span spanOf(const std::string& phase) {
  if (phase == "import") return {1, 4, .3};
  if (phase == "editing") return {.6, 80, .004};
  if (phase == "export") return {1, 20, .03};
  return phase == "training" ? Span{1.6, 60, .02} : Span{1.6, 120, .01};
}

}  // namespace

struct World::Heard {
  std::optional<Json> underWay = {};
  std::vector<std::pair<std::string, Json>> copies = {};  ///< of the project, and what it held then
  std::int64_t acknowledged = 0;
};

World::World(fs::path folder, fs::path worker, std::uint64_t seed)
    : m_folder(std::move(folder)), m_worker(std::move(worker)), m_random(seed) {
  makeReference(Project::create(m_folder / "reference.loom"));
  renew();
}

void World::renew() {
  const auto left = {leftovers(m_folder / "training.loom"), leftovers(m_folder / "exports")};
  for (const Leftovers& each : left) {
    m_tally.leftovers.files += each.files;
    m_tally.leftovers.bytes += each.bytes;
  }
  for (const char* name : {"studio.loom", "training.loom", "sources", "exports"}) fs::remove_all(m_folder / name);
  Project::create(m_folder / "studio.loom");
  m_studio = emptyState();
  const Project training = Project::create(m_folder / "training.loom");
  addTrainingSprites(training);
  m_training = trainingState(training);
  m_run = {};
  m_killsOfRun = m_lastRun = 0;
}

Project World::project(const std::string& phase) const {
  return Project::open(m_folder / (trains(phase) ? "training.loom" : "studio.loom"));
}

const Json& World::state(const std::string& phase) const {
  return trains(phase) ? m_training : m_studio;
}

KillPlan World::drawPlan(const std::string& phase) {
  const Span span = spanOf(phase);
  if (m_random.chance(.5)) return {.seconds = m_random.uniform(0, span.seconds)};
  return {.seconds = m_random.uniform(0, span.afterLine),
          .afterLines = 1 + static_cast<int>(m_random.below(span.lines))};
}

void World::round(const std::string& phase, const KillPlan& plan, const std::function<void()>& meanwhile) {
  const int number = trains(phase) ? m_run.number : m_studio.at("batches").get<int>() + 1;
  writeFileAtomically(m_folder / "state.json", state(phase).dump());
  for (int ahead = 0; phase == "import" && ahead < kBatchesAhead; ++ahead) {
    batchFolder(m_folder / "sources", number + ahead);
  }
  const fs::path folder = m_folder / (trains(phase) ? "training.loom" : "studio.loom");
  const WorkerEnd end = runAndKill(m_worker,
                                   {phase, folder.string(), (m_folder / "state.json").string(),
                                    std::to_string(m_random.next()), std::to_string(number), std::to_string(m_kind)},
                                   plan);
  std::string journal;
  for (const Json& line : end.journal) journal += line.dump() + "\n";
  writeFileAtomically(m_folder / "journal.txt", journal);
  const Heard heard = listen(phase, end);
  if (!end.killed && !m_run.finished) throw Broken("the worker ended by itself");
  if (end.killed) ++m_tally.kills[phase];
  if (meanwhile) meanwhile();
  trains(phase) ? checkTraining(phase, heard) : checkStudio(phase, heard);
}

World::Heard World::listen(const std::string& phase, const WorkerEnd& end) {
  Heard heard;
  Json& state = trains(phase) ? m_training : m_studio;
  for (const Json& line : end.journal) {
    if (line.contains("error")) throw Broken("the worker stopped: " + line.at("error").get<std::string>());
    if (line.contains("will")) heard.underWay = line.at("will");
    if (line.contains("run")) m_run.number = m_lastRun = line.at("run");
    if (line.contains("checkpoint")) m_run.checkpoint = line.at("checkpoint");
    if (line.contains("finished")) m_run.finished = true;
    if (line.contains("checkpoint") || line.contains("done")) ++heard.acknowledged;
    if (!line.contains("done")) continue;
    const Json done = heard.underWay.value();
    heard.underWay.reset();
    promise(state, done);
    if (done.at("op") == "copy") heard.copies.emplace_back(done.at("to").get<std::string>(), state);
  }
  return heard;
}

void World::count(const std::string& phase, const Heard& heard, bool happened) {
  m_tally.acknowledged[phase] += heard.acknowledged;
  if (!heard.underWay) return;
  ++m_tally.underWay[phase];
  if (happened) ++m_tally.happened[phase];
}

void World::checkStudio(const std::string& phase, const Heard& heard) {
  const Project studio = project(phase);
  const bool isExport = phase == "export";
  bool happened = checkCatalogue(studio, m_studio, isExport ? std::nullopt : heard.underWay);
  checkWholeFiles(studio.folder());
  for (auto [name, held] : heard.copies) {
    checkCatalogue(Project::open(m_folder / name), held, {});
    checkWholeFiles(m_folder / name);
  }
  const bool copied = heard.underWay && heard.underWay->at("op") == "copy";
  if (copied) {
    const fs::path copy = m_folder / heard.underWay->at("to").get<std::string>();
    happened = fs::exists(copy);
    Json held = m_studio;
    if (happened) checkCatalogue(Project::open(copy), held, {});
  }
  for (const auto& entry : fs::directory_iterator(m_folder)) {
    if (entry.path().filename().string().find("copy-") != std::string::npos) fs::remove_all(entry.path());
  }
  if (isExport) {
    const ExportCheck exports(Project::open(m_folder / "reference.loom"), m_folder / "expected");
    if (exports.check(m_folder / "exports", m_studio, heard.underWay)) ++m_tally.mixedExports;
    happened = false;  // which files have come is not told apart
  }
  count(phase, heard, happened);
}

void World::checkTraining(const std::string& phase, const Heard& heard) {
  const Project training = project(phase);
  const bool happened = checkCatalogue(training, m_training, heard.underWay);
  checkWholeFiles(training.folder());
  if (m_run.number == 0) {
    m_run.number = runBegunInSilence(training, m_lastRun);
    const auto last = training.catalogue().lastRun();
    if (last) m_lastRun = std::max(m_lastRun, last->number);
    if (m_run.number != 0) ++m_tally.silentRuns;
  }
  m_run.finished = checkRun(training, m_run);
  count(phase, heard, happened);
  ++m_killsOfRun;
  if (m_run.finished || m_killsOfRun >= kMostKillsOfARun || m_random.chance(.3)) finishRun();
}

void World::finishRun() {
  if (m_run.number == 0) return;
  const Project training = Project::open(m_folder / "training.loom");
  m_tally.missingRows += finishToTheBit(training, m_run.number, Project::open(m_folder / "reference.loom"), m_kind);
  ++m_tally.comparedRuns;
  m_tally.killsOfComparedRuns += m_killsOfRun;
  Catalogue catalogue = training.catalogue();
  binRuns(training, catalogue, {&m_run.number, 1});
  if (m_random.chance(.5)) removeRunForGood(training, m_run.number);
  m_run = {};
  m_killsOfRun = 0;
  m_kind = (m_kind + 1) % kTrainingKinds;
}

}  // namespace loom::trust
