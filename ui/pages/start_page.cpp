#include "ui/pages/start_page.h"

#include <QDir>
#include <QFileInfo>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QLocale>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>

#include "core/base/error.h"
#include "ui/models/run_title.h"
#include "ui/widgets/sprite_image.h"

namespace loom {
namespace {

constexpr int kBannerCharacters = 9;

/// A row of starter characters, walking through their views: what the program is about, before any file is opened.
class Banner : public QWidget {
 public:
  explicit Banner(QWidget* parent) : QWidget(parent) {
    setMinimumHeight(2 * 64 + 16);
    setAccessibleName(tr("Starter characters"));
    for (int i = 0; i < kBannerCharacters; ++i)
      m_characters.push_back(starterCharacter(7, static_cast<std::uint64_t>(i)));
    startTimer(1400);
  }

 protected:
  void timerEvent(QTimerEvent* /*event*/) override {
    if (!isVisible()) return;
    ++m_turn;
    update();
  }
  void paintEvent(QPaintEvent* /*event*/) override {
    static constexpr int kTurn[] = {2, 1, 0, 3};  // front, left, back, right: a walk round the character
    QPainter painter(this);
    const int step = width() / kBannerCharacters;
    for (int i = 0; i < kBannerCharacters; ++i) {
      const int phase = m_turn > 0 && (m_turn + i) % 3 == 0 ? m_turn + i : 0;
      const auto view = static_cast<std::size_t>(kTurn[phase % 4]);
      const QRect cell(i * step, 0, step, height());
      const QImage image = toImage(m_characters[static_cast<std::size_t>(i)].views[view]);
      painter.drawImage(pixelPerfectRect(image.size(), cell), image);
    }
  }

 private:
  std::vector<StarterCharacter> m_characters;
  int m_turn = 0;
};

struct RecentCard {
  QString folder;
  QString text;
  QImage picture;
};

RecentCard describe(const QString& folder) {
  RecentCard card{folder, {}, {}};
  const Project project = Project::open(folder.toStdString());
  const Catalogue catalogue = project.catalogue();
  const CatalogueCounts counts = catalogue.counts();
  QString last = QObject::tr("not trained yet");
  if (const auto run = catalogue.lastRun()) {
    last = QObject::tr("%1, %2, %3 steps")
               .arg(runTitle(*run))
               .arg(QString::fromStdString(run->preset))
               .arg(QLocale().toString(static_cast<qlonglong>(run->steps)));
  }
  card.text = QObject::tr("%1\n%2 sprites, %3 characters · %4\n%5")
                  .arg(QString::fromStdString(project.name()))
                  .arg(QLocale().toString(static_cast<qlonglong>(counts.sprites)))
                  .arg(QLocale().toString(static_cast<qlonglong>(counts.characters)))
                  .arg(last, QDir::toNativeSeparators(folder));
  const std::vector<SpriteInfo> sprites = catalogue.sprites();
  const auto front = std::ranges::find(sprites, std::string("front"), &SpriteInfo::view);
  if (front != sprites.end()) {
    card.picture = toImage(catalogue.pixels(front->id));
  } else if (!sprites.empty()) {
    card.picture = toImage(catalogue.pixels(sprites.front().id));
  }
  return card;
}

QPushButton* bigButton(const QString& text, const QString& name, const QString& tip) {
  auto* button = new QPushButton(text);
  button->setObjectName(name);
  button->setToolTip(tip);
  button->setMinimumHeight(40);
  return button;
}

}  // namespace

struct StartPage::Impl {
  Session& session;
  QListWidget* recent = nullptr;
  QLabel* none = nullptr;
};

StartPage::StartPage(Session& session, QWidget* parent)
    : QWidget(parent), m_impl(std::make_unique<Impl>(Impl{session})) {
  auto* title = new QLabel(tr("Spriteloom"));
  title->setObjectName("pageTitle");
  auto* subtitle = new QLabel(tr("Teach the machine your sprites, then play it like an instrument."));
  subtitle->setObjectName("muted");

  auto* tryNow =
      bigButton(tr("&Try it now"), "tryButton",
                tr("Makes a project with 250 drawn characters, so that you can train at once, with no files"));
  tryNow->setProperty("primary", true);
  auto* create = bigButton(tr("&New project…"), "newButton", tr("An empty project for your own sprites (Ctrl+N)"));
  auto* open = bigButton(tr("&Open project…"), "openButton", tr("A .loom folder (Ctrl+O)"));
  connect(tryNow, &QPushButton::clicked, this, &StartPage::tryRequested);
  connect(create, &QPushButton::clicked, this, &StartPage::newRequested);
  connect(open, &QPushButton::clicked, this, &StartPage::openRequested);
  auto* buttons = new QHBoxLayout;
  buttons->setSpacing(12);
  for (QPushButton* button : {tryNow, create, open}) buttons->addWidget(button);
  buttons->addStretch();

  auto* steps =
      new QLabel(tr("1  Drop in sprites (a folder, a ZIP, pictures)    →    2  Train    →    "
                    "3  Shape characters with sliders    →    4  Export a sheet"));
  steps->setObjectName("muted");

  m_impl->recent = new QListWidget;
  m_impl->recent->setObjectName("recentList");
  m_impl->recent->setAccessibleName(tr("Recent projects"));
  m_impl->recent->setIconSize(QSize(64, 64));
  m_impl->recent->setSpacing(2);
  connect(m_impl->recent, &QListWidget::itemActivated, this,
          [this](QListWidgetItem* item) { Q_EMIT openRecentRequested(item->data(Qt::UserRole).toString()); });
  m_impl->none = new QLabel(tr("No projects yet. “Try it now” needs nothing but a click."));
  m_impl->none->setObjectName("muted");

  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(32, 24, 32, 24);
  layout->setSpacing(12);
  layout->addWidget(title);
  layout->addWidget(subtitle);
  layout->addWidget(new Banner(this));
  layout->addLayout(buttons);
  layout->addWidget(steps);
  layout->addSpacing(12);
  auto* heading = new QLabel(tr("Recent projects"));
  heading->setBuddy(m_impl->recent);
  layout->addWidget(heading);
  layout->addWidget(m_impl->none);
  layout->addWidget(m_impl->recent, 1);
  layout->addStretch();
  connect(&session, &Session::projectChanged, this, &StartPage::reload);
}

StartPage::~StartPage() = default;

void StartPage::showEvent(QShowEvent* event) {
  QWidget::showEvent(event);
  reload();
}

void StartPage::reload() {
  if (!isVisible()) return;
  const QStringList folders = m_impl->session.recentProjects();
  m_impl->none->setVisible(folders.isEmpty());
  m_impl->recent->setVisible(!folders.isEmpty());
  m_impl->session.jobs().run(
      tr("Reading recent projects"), this,
      [folders](JobMonitor& monitor) {
        std::vector<RecentCard> cards;
        for (const QString& folder : folders) {
          monitor.checkCancelled();
          try {
            cards.push_back(describe(folder));
          } catch (const Error& error) {  // listed all the same: the user sees what is wrong with it
            cards.push_back({folder, folder + "\n" + QString::fromUtf8(error.what()), {}});
          }
        }
        return cards;
      },
      [this](const std::vector<RecentCard>& cards) {
        m_impl->recent->clear();
        for (const RecentCard& card : cards) {
          auto* item = new QListWidgetItem(card.text, m_impl->recent);
          item->setData(Qt::UserRole, card.folder);
          if (!card.picture.isNull()) item->setIcon(QIcon(QPixmap::fromImage(card.picture)));
        }
      });
}

}  // namespace loom
