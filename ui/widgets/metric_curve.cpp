#include "ui/widgets/metric_curve.h"

#include <QObject>
#include <algorithm>
#include <array>
#include <cmath>

namespace loom {
namespace {

const std::array<QColor, 6> kSpareColours = {QColor(0x4d, 0xd0, 0xc8), QColor(0xd9, 0xa0, 0x66),
                                             QColor(0xa5, 0xd6, 0x5f), QColor(0x9f, 0xa8, 0xff),
                                             QColor(0xff, 0x9e, 0x80), QColor(0xb0, 0xbe, 0xc5)};

QString readable(const std::string& name) {
  QString text = QString::fromStdString(name).replace('_', ' ');
  if (!text.isEmpty()) text[0] = text[0].toUpper();
  return text;
}

}  // namespace

MetricStyle metricStyle(const std::string& name, int index) {
  if (name == "loss_critic") {
    return {QObject::tr("Critic loss"),
            QObject::tr("How wrong the critic is about real and made sprites; lower is surer."),
            QColor(0xf2, 0x9e, 0x4c)};
  }
  if (name == "loss_generator") {
    return {QObject::tr("Generator loss"),
            QObject::tr("How far the generator is from fooling the critic; it sways rather than falls."),
            QColor(0x58, 0xa6, 0xff)};
  }
  if (name == "d_real") {
    return {QObject::tr("D(x)"), QObject::tr("How real the critic finds your sprites: 1 is sure, 0.5 is a coin toss."),
            QColor(0x7b, 0xd8, 0x8f), true};
  }
  if (name == "d_fake_before") {
    return {QObject::tr("D(G(z))"), QObject::tr("How real the critic finds made sprites, before the generator's step."),
            QColor(0xff, 0x7e, 0xb6), true};
  }
  if (name == "d_fake_after") {
    return {QObject::tr("D(G(z)) after"),
            QObject::tr("How real the critic finds made sprites, after the generator's step."),
            QColor(0xc7, 0x92, 0xea), true, false};
  }
  if (name == "view_accuracy") {
    return {QObject::tr("View accuracy"), QObject::tr("How often the critic names the view of a real sprite rightly."),
            QColor(0xe5, 0xc5, 0x58), true};
  }
  if (name == "view_accuracy_fake") {
    return {QObject::tr("View accuracy, made"),
            QObject::tr("How often the critic names the view of a made sprite rightly: how well views are drawn."),
            QColor(0x4d, 0xd0, 0xc8), true};
  }
  if (name == "view_loss") {
    return {QObject::tr("View loss"), QObject::tr("How unsure the critic is about the view of real sprites."),
            QColor(0xb0, 0xbe, 0xc5), false, false};
  }
  const bool probability = name.ends_with("accuracy") || name.starts_with("d_");
  return {readable(name), QString::fromStdString(name),
          kSpareColours[static_cast<std::size_t>(index) % kSpareColours.size()], probability};
}

QColor onGround(const QColor& colour, const QColor& ground) {
  if (ground.lightness() < 128) return colour;
  return QColor::fromHsl(colour.hslHue(), colour.hslSaturation(), std::min(colour.lightness(), 95));
}

MetricCurve::MetricCurve(std::string name, int index)
    : m_name(std::move(name)),
      m_style(metricStyle(m_name, index)),
      m_raw(new QCPGraphDataContainer),
      m_smooth(new QCPGraphDataContainer) {}

void MetricCurve::append(double step, double value) {
  if (!std::isfinite(value)) return;
  m_raw->add(QCPGraphData(step, value));
  m_smooth->add(QCPGraphData(step, nextAverage(value)));
}

void MetricCurve::dropFrom(double step) {
  if (m_raw->isEmpty() || (m_raw->constEnd() - 1)->key < step) return;
  const double last = step - .5;  // removeAfter keeps what lies at its key itself
  m_raw->removeAfter(last);
  m_smooth->removeAfter(last);
  smoothAll();
}

void MetricCurve::setWindow(double window) {
  const double weight = window > 1 ? 1 - 1 / window : 0;
  if (weight == m_weight) return;
  m_weight = weight;
  smoothAll();
}

double MetricCurve::nextAverage(double value) {
  m_sum = m_weight * m_sum + (1 - m_weight) * value;
  m_correction *= m_weight;
  return m_sum / (1 - m_correction);
}

void MetricCurve::smoothAll() {
  m_sum = 0;
  m_correction = 1;
  auto average = m_smooth->begin();
  for (auto point = m_raw->constBegin(); point != m_raw->constEnd(); ++point, ++average) {
    average->value = nextAverage(point->value);
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
