#include "ui/models/metric_style.h"

#include <QObject>
#include <algorithm>
#include <array>

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
            QColor(0x7b, 0xd8, 0x8f), MetricAxis::kShare};
  }
  if (name == "d_fake_before") {
    return {QObject::tr("D(G(z))"), QObject::tr("How real the critic finds made sprites, before the generator's step."),
            QColor(0xff, 0x7e, 0xb6), MetricAxis::kShare};
  }
  if (name == "d_fake_after") {
    return {QObject::tr("D(G(z)) after"),
            QObject::tr("How real the critic finds made sprites, after the generator's step."),
            QColor(0xc7, 0x92, 0xea), MetricAxis::kShare, false};
  }
  if (name == "view_accuracy") {
    return {QObject::tr("View accuracy"), QObject::tr("How often the critic names the view of a real sprite rightly."),
            QColor(0xe5, 0xc5, 0x58), MetricAxis::kShare};
  }
  if (name == "view_accuracy_fake") {
    return {QObject::tr("View accuracy, made"),
            QObject::tr("How often the critic names the view of a made sprite rightly: how well views are drawn."),
            QColor(0x4d, 0xd0, 0xc8), MetricAxis::kShare};
  }
  if (name == "view_loss") {
    return {QObject::tr("View loss"), QObject::tr("How unsure the critic is about the view of real sprites."),
            QColor(0xb0, 0xbe, 0xc5), MetricAxis::kLoss, false};
  }
  if (name == "held_out_loss") {
    return {
        QObject::tr("Held-out loss"),
        QObject::tr("The loss on sprites it never trains on: when it rises while the loss falls, the model learns by "
                    "heart. Taken at some steps only."),
        QColor(0xff, 0x8a, 0x65)};
  }
  if (name == "held_out_l1") {
    return {QObject::tr("Held-out difference"),
            QObject::tr("How far views that it draws of characters it never trains on are from the true ones, on "
                        "average of all channels from -1 to 1; lower is better. Taken at some steps only."),
            QColor(0xff, 0x8a, 0x65)};
  }
  if (name == "distance") {
    return {QObject::tr("Distance"),
            QObject::tr("How far made sprites are from sprites held out; lower is better. Taken at some steps only."),
            QColor(0xf4, 0xf1, 0xde), MetricAxis::kDistance};
  }
  if (name == "kid") {
    return {QObject::tr("KID"),
            QObject::tr("How far made sprites as a whole are from sprites held out, by what a fixed network sees; 0 "
                        "cannot be told apart. Taken at some steps only."),
            QColor(0x4d, 0xd0, 0xc8), MetricAxis::kDistance, false};
  }
  if (name == "swd") {
    return {QObject::tr("Sliced Wasserstein"),
            QObject::tr("How differently the details of made sprites and of sprites held out are distributed; lower is "
                        "better. Taken at some steps only."),
            QColor(0xd9, 0xa0, 0x66), MetricAxis::kDistance, false};
  }
  if (name == "coverage") {
    return {QObject::tr("Coverage"),
            QObject::tr("Share of the sprites held out that have a made one nearby; higher is better. Taken at some "
                        "steps only."),
            QColor(0xa5, 0xd6, 0x5f), MetricAxis::kShare};
  }
  if (name == "copies") {
    return {QObject::tr("Copies"),
            QObject::tr("Share of the made sprites that are copies of training sprites. Taken at some steps only."),
            QColor(0xff, 0x9e, 0x80), MetricAxis::kShare, false};
  }
  const bool loss = name.starts_with("loss") || name.ends_with("_loss");
  const bool share = !loss && (name.ends_with("accuracy") || name.starts_with("d_"));
  return {readable(name), QString::fromStdString(name),
          kSpareColours[static_cast<std::size_t>(index) % kSpareColours.size()],
          share ? MetricAxis::kShare : MetricAxis::kLoss};
}

QColor onGround(const QColor& colour, const QColor& ground) {
  if (ground.lightness() < 128) return colour;
  return QColor::fromHsl(colour.hslHue(), colour.hslSaturation(), std::min(colour.lightness(), 95));
}

}  // namespace loom
