#include "ui/pages/page_dialog.h"

#include <QDialogButtonBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPointer>
#include <QPushButton>
#include <QSettings>
#include <QVBoxLayout>
#include <algorithm>
#include <atomic>
#include <cctype>

#include "ui/bridge/stoppable.h"
#include "ui/models/duration_text.h"
#include "ui/models/sprite_commands.h"
#include "ui/widgets/dialog_button.h"
#include "ui/widgets/job_strip.h"
#include "ui/widgets/page_pictures.h"
#include "ui/widgets/silence.h"

namespace loom {
namespace {

QString measuringTitle() {
  return PageDialog::tr("Finding the sizes of the pictures");
}

}  // namespace

struct PageDialog::Impl {
  explicit Impl(Session& of) : session(of) {}

  Session& session;
  std::string url = {};
  std::shared_ptr<std::atomic<bool>> measuring = {};  ///< set to false, the job ends; empty: none runs
  QLineEdit *address = nullptr, *licence = nullptr, *author = nullptr, *tags = nullptr;
  QLabel* state = nullptr;
  PagePictures* table = nullptr;
  QPushButton *look = nullptr, *measure = nullptr, *fetch = nullptr;
};

PageDialog::PageDialog(Session& session, const QString& address, QWidget* parent)
    : QDialog(parent), m_impl(std::make_unique<Impl>(session)) {
  build();
  m_impl->address->setText(address);
  if (looksLikeWebAddress(address.toStdString())) look();
}

PageDialog::PageDialog(Session& session, const std::vector<std::string>& pictures, QWidget* parent)
    : QDialog(parent), m_impl(std::make_unique<Impl>(session)) {
  build();
  WebPage page;
  page.pictures = picturesAt(pictures);
  for (const std::string& picture : pictures) {
    if (page.url.empty() && looksLikeWebAddress(picture)) page.url = picture;
  }
  page.title = tr("Dropped").toStdString();
  m_impl->address->setText(QString::fromStdString(page.url));
  list(page);
}

PageDialog::~PageDialog() {
  QSettings().setValue("pageDialog/geometry", saveGeometry());
  stopMeasuring();
  silence(*this, *this);
}

// Building

void PageDialog::build() {
  setObjectName("pageDialog");
  setAttribute(Qt::WA_DeleteOnClose);
  setWindowTitle(tr("Import from a web page"));
  resize(860, 640);
  restoreGeometry(QSettings().value("pageDialog/geometry").toByteArray());
  m_impl->state = new QLabel(tr("Give the address of a page or a picture. Only that one page is read."));
  m_impl->state->setObjectName("pageState");
  m_impl->state->setWordWrap(true);
  m_impl->table = new PagePictures;
  connect(m_impl->table, &PagePictures::pickedChanged, this, &PageDialog::showPicked);
  auto* all = dialogButton(tr("All"), "pickAllButton", tr("Picks every picture"));
  auto* none = dialogButton(tr("None"), "pickNoneButton", tr("Picks none"));
  m_impl->measure = dialogButton(tr("Find all sizes"), "measureButton",
                                 tr("Asks for the beginning of each picture whose size is not known, one a second"));
  connect(all, &QPushButton::clicked, this, [this] { m_impl->table->pickAll(true); });
  connect(none, &QPushButton::clicked, this, [this] { m_impl->table->pickAll(false); });
  connect(m_impl->measure, &QPushButton::clicked, this, [this] { measure(m_impl->table->pictures().size()); });
  auto* picks = new QHBoxLayout;
  picks->addWidget(all);
  picks->addWidget(none);
  picks->addWidget(m_impl->measure);
  picks->addStretch();

  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
  m_impl->fetch = buttons->addButton(tr("Fetch"), QDialogButtonBox::AcceptRole);
  m_impl->fetch->setObjectName("fetchButton");
  m_impl->fetch->setProperty("primary", true);
  m_impl->fetch->setAutoDefault(false);
  buttons->button(QDialogButtonBox::Cancel)->setAutoDefault(false);
  connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
  auto* bottom = new QHBoxLayout;
  bottom->addWidget(new JobStrip(m_impl->session.jobs()), 1);
  bottom->addWidget(buttons);
  auto* layout = new QVBoxLayout(this);
  layout->addLayout(buildAddress());
  layout->addWidget(m_impl->state);
  layout->addWidget(m_impl->table, 1);
  layout->addLayout(picks);
  layout->addLayout(buildLabels());
  layout->addLayout(bottom);
  showPicked();
}

QLayout* PageDialog::buildAddress() {
  m_impl->address = new QLineEdit;
  m_impl->address->setObjectName("pageAddress");
  m_impl->address->setPlaceholderText(tr("https://… of a page or a picture"));
  m_impl->address->setAccessibleName(tr("Address of a page or a picture"));
  m_impl->look =
      dialogButton(tr("Look"), "lookButton", tr("Lists the pictures of this page; no other page is read (Return)"));
  connect(m_impl->address, &QLineEdit::returnPressed, this, &PageDialog::look);
  connect(m_impl->look, &QPushButton::clicked, this, &PageDialog::look);
  auto* row = new QHBoxLayout;
  row->addWidget(m_impl->address, 1);
  row->addWidget(m_impl->look);
  return row;
}

QLayout* PageDialog::buildLabels() {
  auto* grid = new QGridLayout;
  const auto line = [&](int row, int column, const QString& title, const QString& name, const QString& hint) {
    auto* edit = new QLineEdit;
    edit->setObjectName(name);
    edit->setPlaceholderText(hint);
    auto* label = new QLabel(title);
    label->setBuddy(edit);
    grid->addWidget(label, row, 2 * column);
    grid->addWidget(edit, row, 2 * column + 1);
    return edit;
  };
  m_impl->licence = line(0, 0, tr("Licence"), "pageLicence", tr("as the page names it: CC-BY-4.0, CC0-1.0, …"));
  m_impl->author = line(0, 1, tr("Author"), "pageAuthor", tr("who drew them"));
  m_impl->tags = line(1, 0, tr("Tags"), "pageTags", tr("words, for the filter"));
  auto* note = new QLabel(tr("Each picture's address is kept as its source."));
  note->setObjectName("muted");
  grid->addWidget(note, 1, 2, 1, 2);
  grid->setColumnStretch(1, 1);
  grid->setColumnStretch(3, 1);
  return grid;
}

// Looking

void PageDialog::look() {
  std::string url = m_impl->address->text().trimmed().toStdString();
  if (!url.empty() && url.find("://") == std::string::npos) url = "https://" + url;
  const bool spaced = std::ranges::any_of(url, [](unsigned char c) { return std::isspace(c) != 0; });
  if (spaced || !looksLikeWebAddress(url))
    return m_impl->state->setText(tr("That is no address of a web page (https://…)."));
  if (!m_impl->look->isEnabled()) return;
  stopMeasuring();
  m_impl->state->setText(tr("Looking at the page…"));
  m_impl->look->setEnabled(false);
  m_impl->session.jobs().run(
      tr("Looking at %1").arg(QString::fromStdString(url)), this, stoppable([url](JobMonitor& monitor) {
        monitor.begin("Looking at the page", 0);
        return WebReader().look(url, monitor);
      }),
      [this](const std::optional<WebPage>& page) {
        m_impl->look->setEnabled(true);
        if (page)
          list(*page);
        else
          m_impl->state->setText(tr("Stopped."));
      },
      [this](const std::exception_ptr& error) {
        m_impl->look->setEnabled(true);
        m_impl->state->setText(told(errorText(error)));
      });
}

void PageDialog::list(const WebPage& page) {
  m_impl->url = page.url;
  m_impl->table->setPictures(page.pictures);
  if (!page.licence.empty()) m_impl->licence->setText(QString::fromStdString(page.licence));
  const QString title = QString::fromStdString(page.title.empty() ? page.url : page.title);
  QString text =
      tr("%1: %2.").arg(title, counted(static_cast<qint64>(page.pictures.size()), tr("picture"), tr("pictures")));
  if (page.pictures.empty()) {
    text =
        tr("There are no pictures on this page. Pages that load them later by script show none here: give a "
           "picture's own address, or save them from the browser.");
  }
  if (page.leftOut > 0) text += tr(" %1 more were left out.").arg(page.leftOut);
  if (!page.licence.empty()) text += tr(" The page names the licence %1.").arg(QString::fromStdString(page.licence));
  m_impl->state->setText(text);
  measure(kMeasuredAtOnce);
}

void PageDialog::measure(std::size_t most) {
  stopMeasuring();
  std::vector<int> rows = m_impl->table->unmeasured();
  rows.resize(std::min(rows.size(), most));
  if (rows.empty()) return;
  const auto going = std::make_shared<std::atomic<bool>>(true);
  m_impl->measuring = going;
  showPicked();
  m_impl->session.jobs().run(measuringTitle(), this,
                             stoppable([self = QPointer<PageDialog>(this), rows, going,
                                        pictures = m_impl->table->pictures()](JobMonitor& monitor) mutable {
                               WebReader reader;
                               monitor.begin("Finding sizes", static_cast<std::int64_t>(rows.size()));
                               for (std::size_t i = 0; i < rows.size() && *going; ++i) {
                                 const int row = rows[i];
                                 WebPicture& picture = pictures[static_cast<std::size_t>(row)];
                                 reader.measure(picture, monitor);
                                 // Shown as they come: one a second is slow.
                                 QMetaObject::invokeMethod(
                                     qApp,
                                     [self, row, picture] {
                                       if (self) self->m_impl->table->measured(row, picture);
                                     },
                                     Qt::QueuedConnection);
                                 monitor.advance(static_cast<std::int64_t>(i) + 1);
                               }
                               return true;
                             }),
                             [this, going](const std::optional<bool>&) {
                               if (m_impl->measuring == going) m_impl->measuring.reset();
                               showPicked();
                             });
}

/// Also while it waits for its turn.
void PageDialog::stopMeasuring() {
  if (!m_impl->measuring) return;
  *m_impl->measuring = false;
  m_impl->measuring.reset();
  JobRunner& jobs = m_impl->session.jobs();
  if (jobs.currentTitle() == measuringTitle()) jobs.cancel();
}

// Fetching

void PageDialog::showPicked() {
  const auto picked = static_cast<qint64>(m_impl->table->picked().size());
  m_impl->fetch->setText(tr("Fetch and import %1").arg(counted(picked, tr("picture"), tr("pictures"))));
  m_impl->fetch->setToolTip(tr("About %1, at one a second; the window shows how far it is, and can stop it")
                                .arg(durationText(static_cast<double>(picked))));
  m_impl->fetch->setEnabled(picked > 0);
  m_impl->measure->setEnabled(!m_impl->measuring && !m_impl->table->unmeasured().empty());
}

void PageDialog::accept() {
  const std::vector<WebPicture> picked = m_impl->table->picked();
  if (picked.empty()) return;
  stopMeasuring();  // the fetch would wait behind it
  const ImportOptions options{.licence = m_impl->licence->text().trimmed().toStdString(),
                              .author = m_impl->author->text().trimmed().toStdString(),
                              .tags = m_impl->tags->text().simplified().toStdString()};
  m_impl->session.bringIn(tr("Fetching pictures"), tr("pictures of a page"),
                          [url = m_impl->url, picked, options](const Project& project, JobMonitor& monitor) {
                            return importPagePictures(project, url, picked, options, monitor);
                          });
  QDialog::accept();
}

}  // namespace loom
