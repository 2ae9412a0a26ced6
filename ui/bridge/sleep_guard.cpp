#include "ui/bridge/sleep_guard.h"

#include <QSettings>
#include <QTimer>

namespace loom {
namespace {

constexpr const char* kSetting = "stayAwake";

}  // namespace

struct SleepGuard::Impl {
  Impl(Session& shared, std::unique_ptr<SleepInhibitor> backEnd)
      : session(shared), inhibitor(std::move(backEnd)), on(QSettings().value(kSetting, true).toBool()) {}

  Session& session;
  std::unique_ptr<SleepInhibitor> inhibitor;
  bool on;
  bool held = false;
  QString trouble;
  QString longJob;  // its title, while one runs
  QTimer jobTimer;

  QString reason() const;
  void update(SleepGuard& guard);
};

SleepGuard::SleepGuard(Session& session, std::unique_ptr<SleepInhibitor> inhibitor, std::chrono::milliseconds longJob,
                       QObject* parent)
    : QObject(parent), m_impl(std::make_unique<Impl>(session, std::move(inhibitor))) {
  const auto look = [this] { m_impl->update(*this); };
  const TrainingBridge* training = &session.training();
  connect(training, &TrainingBridge::started, this, look);
  connect(training, &TrainingBridge::progressChanged, this, look);
  connect(training, &TrainingBridge::finished, this, look);
  connect(training, &TrainingBridge::failed, this, look);
  const TuningBridge* tuning = &session.tuning();
  connect(tuning, &TuningBridge::started, this, look);
  connect(tuning, &TuningBridge::finished, this, look);
  connect(tuning, &TuningBridge::failed, this, look);

  m_impl->jobTimer.setSingleShot(true);
  m_impl->jobTimer.setInterval(longJob);
  connect(&m_impl->jobTimer, &QTimer::timeout, this, [this] {
    m_impl->longJob = m_impl->session.jobs().currentTitle();
    m_impl->update(*this);
  });
  connect(&session.jobs(), &JobRunner::started, this, [this] { m_impl->jobTimer.start(); });
  connect(&session.jobs(), &JobRunner::ended, this, [this] {
    m_impl->jobTimer.stop();
    m_impl->longJob.clear();
    m_impl->update(*this);
  });
}

SleepGuard::~SleepGuard() {
  if (m_impl->held) m_impl->inhibitor->release();
}

/// Why the computer shall stay awake now; empty when it need not.
QString SleepGuard::Impl::reason() const {
  const TrainingBridge& training = session.training();
  if (training.run() > 0 && training.progress().state != TrainingState::kPaused) {
    return tr("Training run %1").arg(training.run());
  }
  if (session.tuning().search() > 0) return tr("Search %1 for settings").arg(session.tuning().search());
  return longJob;
}

void SleepGuard::Impl::update(SleepGuard& guard) {
  const QString why = on ? reason() : QString();
  if (held == !why.isEmpty()) return;
  held = !held;
  trouble.clear();
  if (held) {
    inhibitor->hold(why, [this, &guard](const QString& told) {
      trouble = told;
      if (!trouble.isEmpty()) Q_EMIT guard.changed();
    });
  } else {
    inhibitor->release();
  }
  Q_EMIT guard.changed();
}

bool SleepGuard::isOn() const {
  return m_impl->on;
}

void SleepGuard::setOn(bool on) {
  m_impl->on = on;
  QSettings().setValue(kSetting, on);
  m_impl->update(*this);
}

bool SleepGuard::holds() const {
  return m_impl->held;
}

QString SleepGuard::text() const {
  if (!m_impl->on) return tr("The computer may go to sleep, also during a training (see the menu Training).");
  if (!m_impl->held) return tr("While something trains, the computer does not go to sleep.");
  return m_impl->trouble.isEmpty() ? tr("The computer stays awake until this is done.") : m_impl->trouble;
}

}  // namespace loom
