// Keeps the computer awake while something long is under way, unless the user wants it otherwise.
#pragma once

#include <QObject>
#include <QString>
#include <chrono>
#include <memory>

#include "ui/bridge/session.h"
#include "ui/bridge/sleep_inhibitor.h"

namespace loom {

/// Held from the start to the end of a training (not while it is paused) and of a search, and while a job goes on for
/// longer than `longJob`. What ends with an error ends it too.
class SleepGuard : public QObject {
  Q_OBJECT
 public:
  static constexpr std::chrono::seconds kLongJob{10};

  /// `session` must outlive it.
  SleepGuard(Session& session, std::unique_ptr<SleepInhibitor> inhibitor, std::chrono::milliseconds longJob = kLongJob,
             QObject* parent = nullptr);
  ~SleepGuard() override;

  bool isOn() const;  ///< the user's wish, remembered; on at first
  void setOn(bool on);
  bool holds() const;
  QString text() const;  ///< what it does now, or why it cannot, for a tooltip

 Q_SIGNALS:
  void changed();

 private:
  struct Impl;
  std::unique_ptr<Impl> m_impl;
};

}  // namespace loom
