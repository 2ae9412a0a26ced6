#include "ui/pages/training_menu.h"

#include <QMainWindow>
#include <QMenu>
#include <QMenuBar>

#include "ui/pages/disk_use_dialog.h"

namespace loom {
namespace {

/// Whether the user works with this program now, in whichever of its windows.
bool isLookedAt() {
  return QGuiApplication::applicationState() == Qt::ApplicationActive;
}

}  // namespace

TrainingMenu::TrainingMenu(Session& session, QMainWindow& window)
    : m_session(session),
      m_window(window),
      m_sleep(session, desktopSleepInhibitor()),
      m_notices(session, desktopNoticeBoard(), &isLookedAt) {
  QMenu* menu = window.menuBar()->addMenu(tr("&Training"));
  menu->setToolTipsVisible(true);
  QAction* search = menu->addAction(tr("&Search for settings…"), this, &TrainingMenu::searchRequested);
  search->setToolTip(tr("Try many settings and keep the best"));
  QAction* disk = menu->addAction(tr("&Disk use…"), this, [this] { showDiskUse(); });
  disk->setToolTip(tr("What the project's runs take, and a clean-up of old checkpoints"));
  menu->addSeparator();
  QAction* awake = menu->addAction(tr("Keep the computer &awake"));
  awake->setObjectName("stayAwakeAction");
  awake->setToolTip(
      tr("While something trains or is searched, and during long jobs, the computer does not go to sleep"));
  awake->setCheckable(true);
  awake->setChecked(m_sleep.isOn());
  connect(awake, &QAction::toggled, this, [this](bool on) { m_sleep.setOn(on); });
  QAction* notices = menu->addAction(tr("&Notice on the desktop at the end"));
  notices->setObjectName("endNoticesAction");
  notices->setToolTip(tr("When a training or a search ends, or goes wrong, and another window is in front"));
  notices->setCheckable(true);
  notices->setChecked(m_notices.isOn());
  connect(notices, &QAction::toggled, this, [this](bool on) { m_notices.setOn(on); });
  connect(&m_sleep, &SleepGuard::changed, this, &TrainingMenu::sleepChanged);
  const auto follow = [this, search, disk] {
    for (QAction* action : {search, disk}) action->setEnabled(m_session.hasProject());
  };
  connect(&session, &Session::projectChanged, this, follow);
  follow();
}

TrainingMenu::~TrainingMenu() = default;

QString TrainingMenu::sleepText() const {
  return m_sleep.text();
}

void TrainingMenu::showDiskUse() {
  DiskUseDialog dialog(m_session, &m_window);
  dialog.exec();
}

}  // namespace loom
