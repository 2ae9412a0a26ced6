#include "ui/pages/page_dialog.h"

#include <QDialogButtonBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPointer>
#include <QPushButton>
#include <QSettings>
#include <QTableWidget>
#include <QVBoxLayout>

#include "ui/models/sprite_commands.h"
#include "ui/widgets/silence.h"

namespace loom {
namespace {

enum Column { kPicture, kSize, kBytes, kShows, kColumns };

QString measuringTitle() {
  return PageDialog::tr("Finding the sizes of the pictures");
}

}  // namespace

struct PageDialog::Impl {
  Session& session;
  WebPage page = {};
  bool filling = false;
  QLineEdit *address = nullptr, *licence = nullptr, *author = nullptr, *tags = nullptr;
  QLabel* state = nullptr;
  QTableWidget* table = nullptr;
  QPushButton *look = nullptr, *measure = nullptr, *fetch = nullptr;
};

PageDialog::PageDialog(Session& session, const QString& address, QWidget* parent)
    : QDialog(parent), m_impl(std::make_unique<Impl>(Impl{session})) {
  build();
  m_impl->address->setText(address);
  if (looksLikeWebAddress(address.toStdString())) look();
}

PageDialog::PageDialog(Session& session, const std::vector<std::string>& pictures, QWidget* parent)
    : QDialog(parent), m_impl(std::make_unique<Impl>(Impl{session})) {
  build();
  WebPage page;
  page.url = pictures.empty() ? std::string() : pictures.front();
  page.pictures = picturesAt(pictures);
  m_impl->address->setText(QString::fromStdString(page.url));
  list(page);
}

PageDialog::~PageDialog() {
  QSettings().setValue("pageDialog/geometry", saveGeometry());
  silence(*this, *this);
}

void PageDialog::build() {
  setObjectName("pageDialog");
  setAttribute(Qt::WA_DeleteOnClose);
  setWindowTitle(tr("Import from a web page"));
  resize(820, 620);
  restoreGeometry(QSettings().value("pageDialog/geometry").toByteArray());
  const auto line = [](const QString& name, const QString& hint) {
    auto* edit = new QLineEdit;
    edit->setObjectName(name);
    edit->setPlaceholderText(hint);
    edit->setAccessibleName(hint);
    return edit;
  };
  const auto button = [](const QString& text, const QString& name, const QString& tip) {
    auto* made = new QPushButton(text);
    made->setObjectName(name);
    made->setToolTip(tip);
    made->setAutoDefault(false);
    return made;
  };
  m_impl->address = line("pageAddress", tr("https://…, a page or a picture"));
  m_impl->look = button(tr("Look"), "lookButton", tr("Lists the pictures of this page; no other page is read"));
  m_impl->measure = button(tr("Find sizes"), "measureButton", tr("Asks for the begin of each picture, one a second"));
  m_impl->measure->setEnabled(false);
  connect(m_impl->address, &QLineEdit::returnPressed, this, &PageDialog::look);
  connect(m_impl->look, &QPushButton::clicked, this, &PageDialog::look);
  connect(m_impl->measure, &QPushButton::clicked, this, &PageDialog::measure);
  auto* top = new QHBoxLayout;
  top->addWidget(m_impl->address, 1);
  top->addWidget(m_impl->look);
  top->addWidget(m_impl->measure);
  m_impl->state = new QLabel(tr("Give the address of a page or a picture."));
  m_impl->state->setObjectName("pageState");
  m_impl->state->setWordWrap(true);

  m_impl->table = new QTableWidget(0, kColumns);
  m_impl->table->setObjectName("pagePictures");
  m_impl->table->setAccessibleName(tr("Pictures of the page"));
  m_impl->table->setHorizontalHeaderLabels({tr("Picture"), tr("Size"), tr("Bytes"), tr("Shows")});
  m_impl->table->horizontalHeader()->setStretchLastSection(true);
  m_impl->table->verticalHeader()->hide();
  m_impl->table->setSelectionBehavior(QAbstractItemView::SelectRows);
  m_impl->table->setEditTriggers(QAbstractItemView::NoEditTriggers);
  connect(m_impl->table, &QTableWidget::itemChanged, this, [this] {
    if (!m_impl->filling) showCount();
  });
  auto* all = button(tr("All"), "pickAllButton", tr("Picks every picture"));
  auto* none = button(tr("None"), "pickNoneButton", tr("Picks none"));
  for (const auto& [each, state] : {std::pair(all, Qt::Checked), std::pair(none, Qt::Unchecked)}) {
    connect(each, &QPushButton::clicked, this, [this, state = state] {
      for (int row = 0; row < m_impl->table->rowCount(); ++row) {
        QTableWidgetItem* item = m_impl->table->item(row, kPicture);
        if (item->flags() & Qt::ItemIsEnabled) item->setCheckState(state);
      }
    });
  }
  m_impl->licence = line("pageLicence", tr("Their licence: CC-BY-4.0, …"));
  m_impl->author = line("pageAuthor", tr("Who drew them"));
  m_impl->tags = line("pageTags", tr("Tags"));
  auto* labels = new QGridLayout;
  labels->addWidget(new QLabel(tr("Licence")), 0, 0);
  labels->addWidget(m_impl->licence, 0, 1);
  labels->addWidget(new QLabel(tr("Author")), 0, 2);
  labels->addWidget(m_impl->author, 0, 3);
  labels->addWidget(new QLabel(tr("Tags")), 1, 0);
  labels->addWidget(m_impl->tags, 1, 1);
  auto* picks = new QHBoxLayout;
  picks->addWidget(all);
  picks->addWidget(none);
  picks->addStretch();

  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
  m_impl->fetch = buttons->addButton(tr("Fetch"), QDialogButtonBox::AcceptRole);
  m_impl->fetch->setObjectName("fetchButton");
  m_impl->fetch->setProperty("primary", true);
  m_impl->fetch->setAutoDefault(false);
  connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
  auto* layout = new QVBoxLayout(this);
  layout->addLayout(top);
  layout->addWidget(m_impl->state);
  layout->addWidget(m_impl->table, 1);
  layout->addLayout(picks);
  layout->addLayout(labels);
  layout->addWidget(buttons);
  showCount();
}

void PageDialog::look() {
  std::string url = m_impl->address->text().trimmed().toStdString();
  if (!url.empty() && url.find("://") == std::string::npos) url = "https://" + url;
  if (!looksLikeWebAddress(url)) return m_impl->state->setText(tr("That is no address of a web page (https://…)."));
  m_impl->state->setText(tr("Looking at the page…"));
  m_impl->look->setEnabled(false);
  m_impl->session.jobs().run(
      tr("Looking at %1").arg(QString::fromStdString(url)), this,
      [url](JobMonitor& monitor) { return WebReader().look(url, monitor); },
      [this](const WebPage& page) {
        m_impl->look->setEnabled(true);
        list(page);
      },
      [this](const std::exception_ptr& error) {
        m_impl->look->setEnabled(true);
        const ErrorText text = errorText(error);
        m_impl->state->setText(text.hint.isEmpty() ? text.what : tr("%1: %2").arg(text.what, text.hint));
      });
}

void PageDialog::list(const WebPage& page) {
  m_impl->page = page;
  m_impl->filling = true;
  m_impl->table->setRowCount(static_cast<int>(page.pictures.size()));
  for (int row = 0; row < m_impl->table->rowCount(); ++row) {
    auto* item = new QTableWidgetItem;
    item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
    item->setCheckState(Qt::Checked);
    m_impl->table->setItem(row, kPicture, item);
    for (const int column : {kSize, kBytes, kShows}) m_impl->table->setItem(row, column, new QTableWidgetItem);
    showRow(row);
  }
  m_impl->table->resizeColumnToContents(kPicture);
  m_impl->filling = false;
  m_impl->measure->setEnabled(!page.pictures.empty());
  if (m_impl->licence->text().isEmpty()) m_impl->licence->setText(QString::fromStdString(page.licence));
  const QString title = QString::fromStdString(page.title.empty() ? page.url : page.title);
  m_impl->state->setText(page.pictures.empty()
                             ? tr("There are no pictures on this page. Pages that load them later by script show none.")
                             : tr("%1: %2").arg(title, counted(static_cast<qint64>(page.pictures.size()),
                                                               tr("picture"), tr("pictures"))));
  showCount();
  if (!page.pictures.empty()) measure();
}

void PageDialog::measure() {
  m_impl->measure->setEnabled(false);
  const QPointer<PageDialog> self(this);
  m_impl->session.jobs().run(
      measuringTitle(), this,
      [self, pictures = m_impl->page.pictures](JobMonitor& monitor) mutable {
        WebReader reader;
        monitor.begin(tr("Finding sizes").toStdString(), static_cast<std::int64_t>(pictures.size()));
        for (std::size_t i = 0; i < pictures.size(); ++i) {
          reader.measure(pictures[i], monitor);
          // Shown as they come: one a second is slow.
          QMetaObject::invokeMethod(
              qApp,
              [self, i, picture = pictures[i]] {
                if (!self || i >= self->m_impl->page.pictures.size() || self->m_impl->page.pictures[i].url != picture.url) {
                  return;
                }
                self->m_impl->page.pictures[i] = picture;
                self->showRow(static_cast<int>(i));
              },
              Qt::QueuedConnection);
          monitor.advance(static_cast<std::int64_t>(i) + 1);
        }
        return true;
      },
      [](bool) {});
}

void PageDialog::showRow(int row) {
  const bool was = std::exchange(m_impl->filling, true);
  const WebPicture& picture = m_impl->page.pictures[static_cast<std::size_t>(row)];
  QTableWidgetItem* name = m_impl->table->item(row, kPicture);
  name->setText(QString::fromStdString(picture.name));
  name->setToolTip(QString::fromStdString(picture.url.substr(0, 300)));
  m_impl->table->item(row, kSize)->setText(
      picture.width > 0 ? tr("%1 × %2").arg(picture.width).arg(picture.height) : QString());
  m_impl->table->item(row, kBytes)->setText(picture.bytes >= 0 ? QLocale().formattedDataSize(picture.bytes)
                                                               : QString());
  m_impl->table->item(row, kShows)->setText(
      QString::fromStdString(picture.problem.empty() ? picture.alt : picture.problem));
  if (!picture.problem.empty()) {
    name->setCheckState(Qt::Unchecked);
    name->setFlags(Qt::ItemIsSelectable);
  }
  m_impl->filling = was;
  if (!was) showCount();
}

void PageDialog::showCount() {
  qint64 picked = 0;
  for (int row = 0; row < m_impl->table->rowCount(); ++row) {
    if (m_impl->table->item(row, kPicture)->checkState() == Qt::Checked) ++picked;
  }
  m_impl->fetch->setText(tr("Fetch and import %1").arg(counted(picked, tr("picture"), tr("pictures"))));
  m_impl->fetch->setEnabled(picked > 0);
}

void PageDialog::accept() {
  std::vector<WebPicture> picked;
  for (int row = 0; row < m_impl->table->rowCount(); ++row) {
    if (m_impl->table->item(row, kPicture)->checkState() != Qt::Checked) continue;
    picked.push_back(m_impl->page.pictures[static_cast<std::size_t>(row)]);
  }
  if (picked.empty()) return;
  const ImportOptions options{.licence = m_impl->licence->text().trimmed().toStdString(),
                              .author = m_impl->author->text().trimmed().toStdString(),
                              .tags = m_impl->tags->text().simplified().toStdString()};
  const std::string url = m_impl->page.url;
  JobRunner& jobs = m_impl->session.jobs();
  if (jobs.currentTitle() == measuringTitle()) jobs.cancel();
  m_impl->session.bringIn(tr("Fetching pictures"), tr("pictures of a page"),
                          [url, picked, options](const Project& project, JobMonitor& monitor) {
                            return importPagePictures(project, url, picked, options, monitor);
                          });
  QDialog::accept();
}

}  // namespace loom
