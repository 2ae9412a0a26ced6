// How the training stands: a line in plain words with an icon, how far it is, how fast, how long still, what is next.
#pragma once

#include <QWidget>
#include <memory>

#include "core/studio/studio.h"

namespace loom {

enum class Mood { kNeutral, kGood, kWarning, kBad };
Mood moodOf(HealthLevel level);

class TrainingStatus : public QWidget {
  Q_OBJECT
 public:
  explicit TrainingStatus(QWidget* parent = nullptr);
  ~TrainingStatus() override;

  /// Shape and colour of the icon both tell the mood. `hint` is what to do about it.
  void say(Mood mood, const QString& text, const QString& hint = {});
  QString text() const;
  Mood mood() const;

  void setProgress(const TrainingProgress& progress);
  void hideProgress();
  /// Offers the next page; an empty text offers none.
  void offer(const QString& text, const QString& tip);

 Q_SIGNALS:
  void nextClicked();

 private:
  struct Impl;
  std::unique_ptr<Impl> m_impl;
};

/// "step 120 of 1,455 · epoch 2.5 · 210 sprites/s · 12 min 03 s left": what of it is known.
QString progressText(const TrainingProgress& progress);

}  // namespace loom
