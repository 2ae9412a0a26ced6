#include "ui/models/parallel_data.h"

#include <QObject>
#include <algorithm>
#include <cmath>
#include <limits>
#include <ranges>

#include "ui/models/run_title.h"

namespace loom {
namespace {

constexpr double kNothing = std::numeric_limits<double>::quiet_NaN();
constexpr int kTicks = 4;       // about, on an axis
constexpr double kDecade = 10;  // an objective spanning more gets a logarithmic axis

/// 1, 2 or 5 times a power of ten, near a `kTicks`th of the span.
double niceStep(double span) {
  const double raw = span / kTicks;
  const double power = std::pow(10., std::floor(std::log10(raw)));
  const double lead = raw / power;
  return (lead < 1.5 ? 1 : lead < 3.5 ? 2 : lead < 7.5 ? 5 : 10) * power;
}

std::vector<double> linearTicks(double low, double high) {
  if (!(high > low)) return {low};
  std::vector<double> values = {low};
  const double step = niceStep(high - low);
  for (double value = std::ceil(low / step) * step; value < high; value += step) {
    const bool crowded = value - low < step / 2 || high - value < step / 2;
    if (!crowded) values.push_back(value);
  }
  values.push_back(high);
  return values;
}

std::vector<double> logarithmicTicks(double low, double high) {
  std::vector<double> values = {low};
  for (double power = std::pow(10., std::ceil(std::log10(low))); power < high; power *= kDecade) {
    if (power > low * 1.5 && power < high / 1.5) values.push_back(power);
  }
  values.push_back(high);
  return values;
}

ParallelAxis axisOf(const SearchRange& range) {
  ParallelAxis axis{settingTitle(range.setting), {}};
  std::vector<Json> values = range.choices;
  if (range.kind != SearchRange::Kind::kChoices) {
    const bool logarithmic = range.kind == SearchRange::Kind::kLogarithmic;
    for (const double value :
         logarithmic ? logarithmicTicks(range.low, range.high) : linearTicks(range.low, range.high)) {
      values.emplace_back(value);
    }
  }
  for (const Json& value : values) axis.ticks.emplace_back(range.position(value), shortValue(value));
  return axis;
}

/// The objective's axis.
struct Scale {
  double low = 0;
  double high = 1;
  bool logarithmic = false;

  explicit Scale(const std::vector<double>& values) {
    if (values.empty()) return;
    low = std::ranges::min(values);
    high = std::ranges::max(values);
    logarithmic = low > 0 && high / low > kDecade;
  }
  double position(double value) const {
    if (!std::isfinite(value)) return kNothing;
    if (!(high > low)) return 0;
    if (logarithmic) return std::log(value / low) / std::log(high / low);
    return (value - low) / (high - low);
  }
};

ParallelAxis axisOf(const std::string& metric, const Scale& scale, bool empty) {
  ParallelAxis axis{metricTitle(metric), {}};
  if (empty) return axis;
  for (const double value :
       scale.logarithmic ? logarithmicTicks(scale.low, scale.high) : linearTicks(scale.low, scale.high)) {
    axis.ticks.emplace_back(scale.position(value), shortValue(value));
  }
  return axis;
}

}  // namespace

ParallelData parallelData(const Search& search) {
  ParallelData data;
  for (const SearchRange& range : search.plan.space.ranges()) data.axes.push_back(axisOf(range));
  std::vector<double> objectives;
  for (const SearchTrial& trial : search.trials) {
    if (std::isfinite(trial.objective())) objectives.push_back(trial.objective());
  }
  std::ranges::sort(objectives);
  const Scale scale(objectives);
  data.axes.push_back(axisOf(search.plan.objective, scale, objectives.empty()));
  for (const SearchTrial& trial : search.trials) {
    if (trial.status == TrialStatus::kWaiting) continue;
    ParallelLine line{trial.number, {}, kNothing};
    for (const SearchRange& range : search.plan.space.ranges()) {
      const auto value = trial.settings.find(range.setting);
      line.at.push_back(value == trial.settings.end() ? kNothing : range.position(*value));
    }
    line.at.push_back(scale.position(trial.objective()));
    if (std::isfinite(trial.objective())) {
      const auto rank = std::ranges::lower_bound(objectives, trial.objective()) - objectives.begin();
      line.shade = static_cast<double>(rank) / static_cast<double>(std::max<std::size_t>(objectives.size() - 1, 1));
    }
    data.lines.push_back(std::move(line));
  }
  if (const SearchTrial* best = search.best()) data.best = best->number;
  return data;
}

QString metricTitle(const std::string& metric) {
  return QString::fromStdString(metric).replace('_', ' ');
}

QString shortValue(const Json& value) {
  if (value.is_boolean()) return value.get<bool>() ? QObject::tr("on") : QObject::tr("off");
  if (value.is_number_integer()) return QString::number(value.get<qlonglong>());
  if (value.is_number()) return QString::number(value.get<double>(), 'g', 3).replace("e-0", "e-").replace("e+0", "e");
  return value.is_string() ? QString::fromStdString(value.get<std::string>()).replace('_', ' ')
                           : QString::fromStdString(value.dump());
}

}  // namespace loom
