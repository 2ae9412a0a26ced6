// Training runs and their metrics.
#include <algorithm>
#include <array>
#include <bit>
#include <cstdio>
#include <cstring>
#include <limits>

#include "core/project/catalogue_impl.h"

namespace loom {
namespace {

static_assert(std::endian::native == std::endian::little, "metrics and latents are kept as little-endian floats");

#define LOOM_RUN_COLUMNS                                                                                        \
  "number, preset, settings, status, steps, target_steps, seconds, sprites_per_second, losses, note, created, " \
  "folder, environment, name, binned, best"

constexpr std::array kStatuses{RunStatus::kRunning, RunStatus::kPaused, RunStatus::kStopped, RunStatus::kFinished,
                               RunStatus::kFailed};

RunStatus statusFrom(const std::string& name) {
  const auto found = std::ranges::find(kStatuses, name, [](RunStatus status) { return runStatusName(status); });
  return found == kStatuses.end() ? RunStatus::kStopped : *found;
}

std::string folderFor(int number, const std::string& preset) {
  std::array<char, 16> digits{};
  std::snprintf(digits.data(), digits.size(), "%04d-", number);
  std::string name = digits.data();
  for (const char c : preset) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
    name += plain ? c : '_';
  }
  return "runs/" + name;
}

/// JSON has no NaN: what was not a number when it was written is none again.
Json lossesFrom(Json losses) {
  for (Json& value : losses) {
    if (value.is_null()) value = std::numeric_limits<double>::quiet_NaN();
  }
  return losses;
}

Json bestAsJson(const std::optional<BestValue>& best) {
  if (!best) return Json::object();
  return {{"metric", best->metric}, {"value", best->value}, {"step", best->step}};
}

std::optional<BestValue> bestFrom(const Json& json) {
  const auto has = [&json](const char* key, auto check) { return json.contains(key) && (json[key].*check)(); };
  if (!json.is_object() || !has("metric", &Json::is_string) || !has("value", &Json::is_number) ||
      !has("step", &Json::is_number_integer)) {
    return std::nullopt;
  }
  return BestValue{json["metric"].get<std::string>(), json["value"].get<double>(), json["step"].get<std::int64_t>()};
}

RunInfo readRun(const Query& row, const std::filesystem::path& file) {
  RunInfo run{.number = row.number(0),
              .name = row.text(13),
              .preset = row.text(1),
              .settings = row.json(2),
              .status = statusFrom(row.text(3)),
              .steps = row.integer(4),
              .targetSteps = row.integer(5),
              .seconds = row.real(6),
              .spritesPerSecond = row.real(7),
              .losses = lossesFrom(row.json(8)),
              .best = bestFrom(row.json(15)),
              .binned = row.number(14) != 0,
              .note = row.text(9),
              .created = row.text(10),
              .folder = row.text(11),
              .environment = row.json(12)};
  // A project may come from a stranger, and files are written and removed in that folder.
  if (run.folder != folderFor(run.number, run.preset)) {
    throw damagedRecord("run " + std::to_string(run.number) + " names a folder that is not its own", file);
  }
  return run;
}

Error missing(int run) {
  return Error("there is no run " + std::to_string(run) + " in the project", "it may have been removed");
}

/// For a statement that names one run.
void requireChange(Connection& connection, int run) {
  if (connection.database().getChanges() == 0) throw missing(run);
}

std::vector<std::string> metricNames(Connection& connection, int run) {
  Query query(connection, "SELECT metric_names FROM runs WHERE number = ?", run);
  if (!query.next()) return {};
  const Json names = query.json(0);
  if (!names.is_array() || !std::ranges::all_of(names, [](const Json& name) { return name.is_string(); })) {
    throw damagedRecord("the metric names of run " + std::to_string(run) + " are no list", connection.file());
  }
  return names.get<std::vector<std::string>>();
}

std::vector<float> floatsFrom(std::span<const std::byte> bytes) {
  std::vector<float> values(bytes.size() / sizeof(float));
  if (!values.empty()) std::memcpy(values.data(), bytes.data(), values.size() * sizeof(float));
  return values;
}

}  // namespace

std::string runStatusName(RunStatus status) {
  switch (status) {
    case RunStatus::kRunning:
      return "running";
    case RunStatus::kPaused:
      return "paused";
    case RunStatus::kStopped:
      return "stopped";
    case RunStatus::kFinished:
      return "finished";
    case RunStatus::kFailed:
      return "failed";
  }
  return "";
}

RunInfo Catalogue::createRun(const std::string& preset, const Json& settings, std::int64_t targetSteps,
                             const Json& environment) {
  checkName(preset, "preset's name");
  Connection& connection = m_impl->connection;
  WriteScope scope(connection);
  Query(connection,
        "INSERT INTO runs (preset, settings, status, target_steps, created, environment) VALUES (?, ?, ?, ?, ?, ?)",
        preset, settings, runStatusName(RunStatus::kStopped), targetSteps, nowUtc(), environment)
      .run();
  const auto number = static_cast<int>(connection.database().getLastInsertRowid());
  Query(connection, "UPDATE runs SET folder = ? WHERE number = ?", folderFor(number, preset), number).run();
  RunInfo created = run(number);
  scope.commit();
  return created;
}

std::vector<RunInfo> Catalogue::runs() const {
  std::vector<RunInfo> list;
  Query query(m_impl->connection, "SELECT " LOOM_RUN_COLUMNS " FROM runs WHERE binned = 0 ORDER BY number");
  while (query.next()) list.push_back(readRun(query, m_impl->connection.file()));
  return list;
}

std::vector<RunInfo> Catalogue::binnedRuns() const {
  std::vector<RunInfo> list;
  Query query(m_impl->connection, "SELECT " LOOM_RUN_COLUMNS " FROM runs WHERE binned != 0 ORDER BY number");
  while (query.next()) list.push_back(readRun(query, m_impl->connection.file()));
  return list;
}

RunInfo Catalogue::run(int number) const {
  {
    Query query(m_impl->connection, "SELECT " LOOM_RUN_COLUMNS " FROM runs WHERE number = ?", number);
    if (query.next()) return readRun(query, m_impl->connection.file());
  }
  std::string known;
  Query numbers(m_impl->connection, "SELECT number FROM runs WHERE binned = 0 ORDER BY number");
  while (numbers.next()) known += (known.empty() ? "" : ", ") + std::to_string(numbers.number(0));
  throw Error("there is no run " + std::to_string(number) + " in the project",
              known.empty() ? "nothing has been trained in it yet" : "its runs are " + known);
}

std::optional<RunInfo> Catalogue::lastRun() const {
  Query query(m_impl->connection,
              "SELECT " LOOM_RUN_COLUMNS " FROM runs WHERE binned = 0 ORDER BY number DESC LIMIT 1");
  if (!query.next()) return std::nullopt;
  return readRun(query, m_impl->connection.file());
}

void Catalogue::updateRun(const RunInfo& run) {
  Connection& connection = m_impl->connection;
  Query(connection,
        "UPDATE runs SET settings = ?, status = ?, steps = ?, target_steps = ?, seconds = ?, sprites_per_second = ?, "
        "losses = ?, best = ?, note = ?, environment = ? WHERE number = ?",
        run.settings, runStatusName(run.status), run.steps, run.targetSteps, run.seconds, run.spritesPerSecond,
        run.losses, bestAsJson(run.best), run.note, run.environment, run.number)
      .run();
  requireChange(connection, run.number);
}

void Catalogue::renameRun(int number, const std::string& name) {
  checkName(name, "run's name");
  Query(m_impl->connection, "UPDATE runs SET name = ? WHERE number = ?", name, number).run();
  requireChange(m_impl->connection, number);
}

void Catalogue::setRunsBinned(std::span<const int> numbers, bool binned) {
  WriteScope scope(m_impl->connection);
  for (const int number : numbers) {
    Query(m_impl->connection, "UPDATE runs SET binned = ? WHERE number = ?", binned, number).run();
    requireChange(m_impl->connection, number);
  }
  scope.commit();
}

void Catalogue::removeRun(int number) {
  Query(m_impl->connection, "DELETE FROM runs WHERE number = ?", number).run();
}

void Catalogue::setRunMetricNames(int run, const std::vector<std::string>& names) {
  Query(m_impl->connection, "UPDATE runs SET metric_names = ? WHERE number = ?", Json(names), run).run();
  requireChange(m_impl->connection, run);
}

void Catalogue::addMetrics(int run, std::span<const MetricRow> rows) {
  Connection& connection = m_impl->connection;
  WriteScope scope(connection);
  if (!Query(connection, "SELECT 1 FROM runs WHERE number = ?", run).next()) throw missing(run);
  for (const MetricRow& row : rows) {
    Query(connection, "INSERT OR REPLACE INTO metrics VALUES (?, ?, ?)", run, row.step,
          std::as_bytes(std::span(row.values)))
        .run();
  }
  scope.commit();
}

void Catalogue::dropMetricsAfter(int run, std::int64_t step) {
  Query(m_impl->connection, "DELETE FROM metrics WHERE run = ? AND step > ?", run, step).run();
}

MetricSeries Catalogue::metrics(int run, std::int64_t afterStep, std::int64_t limit) const {
  MetricSeries series{.names = metricNames(m_impl->connection, run), .rows = {}};
  Query query(m_impl->connection, "SELECT step, numbers FROM metrics WHERE run = ? AND step > ? ORDER BY step LIMIT ?",
              run, afterStep, limit);
  while (query.next()) {
    MetricRow row{.step = query.integer(0), .values = floatsFrom(query.blob(1))};
    // A measure that was added later has no values in the older rows.
    if (!series.names.empty()) row.values.resize(series.names.size(), std::numeric_limits<float>::quiet_NaN());
    series.rows.push_back(std::move(row));
  }
  return series;
}

}  // namespace loom
