#include "ui/bridge/end_notices.h"

#include <QLocale>
#include <QSettings>
#include <QTime>

namespace loom {
namespace {

constexpr const char* kSetting = "endNotices";

QString clockNow() {
  return QLocale().toString(QTime::currentTime(), QLocale::ShortFormat);
}

QString stepsText(std::int64_t steps) {
  return QObject::tr("%1 steps").arg(QLocale().toString(static_cast<qlonglong>(steps)));
}

}  // namespace

struct EndNotices::Impl {
  Session& session;
  std::unique_ptr<NoticeBoard> board;
  std::function<bool()> looking;
  bool on = QSettings().value(kSetting, true).toBool();
  bool alarmed = false;  // this run has been told of already

  void show(const QString& title, const QString& text, bool urgent) const {
    if (on && !looking()) board->show({title, tr("%1 · %2").arg(clockNow(), text), urgent});
  }
  void trainingEnded(int run, const TrainingResult& result) const;
  void searchEnded(const Search& search) const;
};

EndNotices::EndNotices(Session& session, std::unique_ptr<NoticeBoard> board, std::function<bool()> looking,
                       QObject* parent)
    : QObject(parent), m_impl(std::make_unique<Impl>(Impl{session, std::move(board), std::move(looking)})) {
  const TrainingBridge* training = &session.training();
  connect(training, &TrainingBridge::started, this, [this] { m_impl->alarmed = false; });
  connect(training, &TrainingBridge::finished, this,
          [this](int run, const TrainingResult& result) { m_impl->trainingEnded(run, result); });
  connect(training, &TrainingBridge::failed, this, [this](int run, const ErrorText& error) {
    m_impl->show(run > 0 ? tr("Run %1 failed").arg(run) : tr("The training could not start"), error.what, true);
  });
  connect(training, &TrainingBridge::healthChanged, this, [this](const Health& health) {
    if (health.level != HealthLevel::kBad || m_impl->alarmed) return;
    m_impl->alarmed = true;
    m_impl->show(tr("Run %1 needs a look").arg(m_impl->session.training().run()), QString::fromStdString(health.text),
                 true);
  });
  const TuningBridge* tuning = &session.tuning();
  connect(tuning, &TuningBridge::finished, this, [this](const Search& search) { m_impl->searchEnded(search); });
  connect(tuning, &TuningBridge::failed, this, [this](int search, const ErrorText& error) {
    m_impl->show(search > 0 ? tr("Search %1 failed").arg(search) : tr("The search could not start"), error.what, true);
  });
}

EndNotices::~EndNotices() = default;

void EndNotices::Impl::trainingEnded(int run, const TrainingResult& result) const {
  if (!result.reachedTarget) return;  // who stopped it knows
  show(tr("Run %1 is finished").arg(run), stepsText(result.steps), false);
}

void EndNotices::Impl::searchEnded(const Search& search) const {
  if (!search.finished()) return;
  const SearchTrial* best = search.best();
  const QString trials = tr("%1 trials").arg(search.trials.size());
  show(tr("Search %1 is finished").arg(search.number),
       best == nullptr ? trials : tr("%1, the best is number %2").arg(trials).arg(best->number), false);
}

bool EndNotices::isOn() const {
  return m_impl->on;
}

void EndNotices::setOn(bool on) {
  m_impl->on = on;
  QSettings().setValue(kSetting, on);
}

}  // namespace loom
