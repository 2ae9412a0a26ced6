#include "core/studio/metrics_csv.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>

#include "core/base/atomic_file.h"
#include "core/base/error.h"
#include "core/dataset/csv_writer.h"

namespace loom {
namespace {

constexpr std::int64_t kRowsAtOnce = 5000;

template <class Number>
void appendNumber(std::string& text, Number number) {
  std::array<char, 32> digits{};
  text.append(digits.data(), std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr);
}

/// Where each metric of a run stands among the columns.
std::vector<std::size_t> placesOf(const std::vector<std::string>& names, std::vector<std::string>& columns) {
  std::vector<std::size_t> places;
  for (const std::string& name : names) {
    const auto found = std::ranges::find(columns, name);
    places.push_back(static_cast<std::size_t>(found - columns.begin()));
    if (found == columns.end()) columns.push_back(name);
  }
  return places;
}

void appendRow(std::string& text, int run, const MetricRow& row, const std::vector<std::size_t>& places,
               std::vector<float>& fields) {
  std::ranges::fill(fields, std::numeric_limits<float>::quiet_NaN());
  for (std::size_t i = 0; i < std::min(row.values.size(), places.size()); ++i) fields[places[i]] = row.values[i];
  appendNumber(text, run);
  text += ',';
  appendNumber(text, row.step);
  for (const float field : fields) {
    text += ',';
    if (!std::isnan(field)) appendNumber(text, field);
  }
  text += '\n';
}

}  // namespace

MetricsCsvReport exportMetrics(const Project& project, std::span<const int> runs, const std::filesystem::path& file,
                               JobMonitor& monitor) {
  if (runs.empty()) throw Error("no run was chosen", "name at least one");
  const Catalogue catalogue = project.catalogue();
  MetricsCsvReport report;
  std::vector<std::vector<std::size_t>> places;
  for (const int run : runs) {
    catalogue.run(run);  // says so when there is none
    places.push_back(placesOf(catalogue.metrics(run, -1, 0).names, report.metrics));
  }
  AtomicFile out(file);
  std::string text = "run,step";
  for (const std::string& name : report.metrics) text += ',' + csvField(name);
  text += '\n';
  std::vector<float> fields(report.metrics.size());
  monitor.begin("Writing the metrics", static_cast<std::int64_t>(runs.size()));
  for (std::size_t i = 0; i < runs.size(); ++i) {
    std::int64_t last = -1;
    for (;;) {
      const std::vector<MetricRow> rows = catalogue.metrics(runs[i], last, kRowsAtOnce).rows;
      for (const MetricRow& row : rows) appendRow(text, runs[i], row, places[i], fields);
      report.rows += static_cast<std::int64_t>(rows.size());
      out.write(std::as_bytes(std::span(text)));
      text.clear();
      if (rows.empty()) break;
      last = rows.back().step;
      monitor.checkCancelled();
    }
    monitor.advance(static_cast<std::int64_t>(i) + 1);
  }
  out.commit();
  return report;
}

}  // namespace loom
