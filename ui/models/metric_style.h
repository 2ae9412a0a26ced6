// How the measures of a training run are called, coloured and lined up.
#pragma once

#include <QColor>
#include <QString>
#include <string>

namespace loom {

/// Losses and what is like them left; shares of 1 right; a distance between sets of sprites on an axis of its own.
enum class MetricAxis { kLoss, kShare, kDistance };

/// How a measure is shown to people.
struct MetricStyle {
  QString title;  ///< "Critic loss"
  QString help;   ///< what it says, in a sentence
  QColor colour;  ///< for a dark ground; use onGround() for another
  MetricAxis axis = MetricAxis::kLoss;
  bool shownAtFirst = true;
};

/// The style of a measure by its name ("loss_critic"); an unknown one gets a readable title and colour number `index`.
MetricStyle metricStyle(const std::string& name, int index);
/// `colour` with enough contrast to a ground of that lightness.
QColor onGround(const QColor& colour, const QColor& ground);

}  // namespace loom
