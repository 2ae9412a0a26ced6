#include "ui/widgets/metric_curve.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace loom {

MetricCurve::MetricCurve(std::string name, int index) : MetricCurve(name, metricStyle(name, index)) {}

MetricCurve::MetricCurve(std::string name, MetricStyle style, double perStep)
    : m_name(std::move(name)),
      m_style(std::move(style)),
      m_raw(new QCPGraphDataContainer),
      m_smooth(new QCPGraphDataContainer),
      m_perStep(perStep) {}

void MetricCurve::append(double step, double value) {
  ++m_offered;
  if (!std::isfinite(value)) return;
  const double key = step * m_perStep;
  m_raw->add(QCPGraphData(key, value));
  m_smooth->add(QCPGraphData(key, nextAverage(key, value)));
}

std::int64_t MetricCurve::lastStep() const {
  return m_raw->isEmpty() ? -1 : std::llround((m_raw->constEnd() - 1)->key / m_perStep);
}

void MetricCurve::dropFrom(double step) {
  const double last = (step - .5) * m_perStep;  // removeAfter keeps what lies at its key itself
  if (m_raw->isEmpty() || (m_raw->constEnd() - 1)->key < last) return;
  const std::int64_t before = m_raw->size();
  m_raw->removeAfter(last);
  m_smooth->removeAfter(last);
  m_offered = m_offered * m_raw->size() / before;
  smoothAll();
}

void MetricCurve::setWindow(double window) {
  const double weight = window > 1 ? 1 - 1 / window : 0;
  if (weight == m_weight) return;
  m_weight = weight;
  smoothAll();
}

double MetricCurve::nextAverage(double key, double value) {
  const double steps = m_correction < 1 ? (key - m_last) / m_perStep : 1;
  const double weight = steps == 1 ? m_weight : std::pow(m_weight, steps);
  m_last = key;
  m_sum = weight * m_sum + (1 - weight) * value;
  m_correction *= weight;
  return m_sum / (1 - m_correction);
}

void MetricCurve::smoothAll() {
  m_sum = 0;
  m_correction = 1;
  auto average = m_smooth->begin();
  for (auto point = m_raw->constBegin(); point != m_raw->constEnd(); ++point, ++average) {
    average->value = nextAverage(point->key, point->value);
  }
}

QCPRange robustRange(std::vector<double>& values) {
  if (values.empty()) return {0, 1};
  std::ranges::sort(values);
  const auto quantile = [&values](double share) {
    return values[static_cast<std::size_t>(share * static_cast<double>(values.size() - 1))];
  };
  const double reach = 3 * (quantile(.75) - quantile(.25));
  const double lower = std::max(values.front(), std::min(quantile(.03), quantile(.25) - reach));
  const double upper = std::min(values.back(), std::max(quantile(.97), quantile(.75) + reach));
  return {lower, upper};
}

}  // namespace loom
