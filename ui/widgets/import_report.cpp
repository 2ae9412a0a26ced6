#include "ui/widgets/import_report.h"

#include <QAbstractTableModel>
#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

#include "ui/models/sprite_commands.h"
#include "ui/models/sprite_model.h"

namespace loom {
namespace {

constexpr std::size_t kMostNamed = 6;  // views or sizes named in the headline

/// The skipped files, however many, as rows of file and reason.
class SkippedModel : public QAbstractTableModel {
 public:
  using QAbstractTableModel::QAbstractTableModel;
  void setFiles(std::vector<SkippedFile> files) {
    beginResetModel();
    m_files = std::move(files);
    endResetModel();
  }
  int rowCount(const QModelIndex& parent = {}) const override {
    return parent.isValid() ? 0 : static_cast<int>(m_files.size());
  }
  int columnCount(const QModelIndex& parent = {}) const override { return parent.isValid() ? 0 : 2; }
  QVariant headerData(int section, Qt::Orientation orientation, int role) const override {
    if (role != Qt::DisplayRole || orientation != Qt::Horizontal) return {};
    return section == 0 ? ImportReportView::tr("File") : ImportReportView::tr("What happened");
  }
  QVariant data(const QModelIndex& index, int role) const override {
    if (!index.isValid() || (role != Qt::DisplayRole && role != Qt::ToolTipRole)) return {};
    const SkippedFile& file = m_files[static_cast<std::size_t>(index.row())];
    return QString::fromStdString(index.column() == 0 ? file.file : file.reason);
  }

 private:
  std::vector<SkippedFile> m_files;
};

QString named(const std::vector<std::string>& names, bool views) {
  QStringList shown;
  for (const std::string& name : names) {
    if (static_cast<std::size_t>(shown.size()) == kMostNamed) {
      shown.append(QObject::tr("…"));
      break;
    }
    shown.append(views ? viewTitle(name) : QString::fromStdString(name));
  }
  return shown.join(", ");
}

QString duplicatesText(qint64 duplicates) {
  return duplicates == 1
             ? QObject::tr("1 of them has the same picture as another sprite.")
             : QObject::tr("%1 of them have the same picture as another sprite.").arg(QLocale().toString(duplicates));
}

QString skippedText(std::size_t skipped) {
  return QObject::tr("%1 skipped.")
      .arg(counted(static_cast<qint64>(skipped), QObject::tr("file was"), QObject::tr("files were")));
}

QString notesText(std::size_t notes) {
  return QObject::tr("%1 to look at.")
      .arg(counted(static_cast<qint64>(notes), QObject::tr("file"), QObject::tr("files")));
}

/// What the table shows: what was left out first, then what came but needs a word.
std::vector<SkippedFile> listed(const ImportReport& report) {
  std::vector<SkippedFile> files = report.skipped;
  files.insert(files.end(), report.notes.begin(), report.notes.end());
  return files;
}

QString listedText(const ImportReport& report) {
  QStringList texts;
  if (!report.skipped.empty()) texts.append(skippedText(report.skipped.size()));
  if (!report.notes.empty()) texts.append(notesText(report.notes.size()));
  return texts.join(' ');
}

}  // namespace

QString importHeadline(const ImportReport& report) {
  if (report.imported == 0) {
    return report.skipped.empty() ? QObject::tr("Nothing arrived: no pictures were found there.")
                                  : QObject::tr("Nothing arrived: no file could be read as a picture.");
  }
  QString text = QObject::tr("%1 arrived: %2")
                     .arg(counted(report.imported, QObject::tr("sprite"), QObject::tr("sprites")),
                          counted(report.characters, QObject::tr("character"), QObject::tr("characters")));
  const auto views = static_cast<qint64>(report.views.size());
  if (views > 0) {
    text += QObject::tr(", %1 (%2)")
                .arg(counted(views, QObject::tr("view"), QObject::tr("views")), named(report.views, true));
  }
  if (!report.sizes.empty()) text += QObject::tr(", %1").arg(named(report.sizes, false));
  text += '.';
  if (report.upscaled > 0) {
    text += ' ' + QObject::tr("Undid the enlargement of %1.")
                      .arg(counted(report.upscaled, QObject::tr("picture"), QObject::tr("pictures")));
  }
  if (report.resumed > 0) {
    text += ' ' + QObject::tr("Went on with an import that did not end: %1 had been read.")
                      .arg(counted(report.resumed, QObject::tr("picture"), QObject::tr("pictures")));
  }
  return text;
}

QString importReportText(const ImportReport& report) {
  QStringList lines{importHeadline(report)};
  if (report.duplicates > 0) lines.append(duplicatesText(report.duplicates));
  if (!report.skipped.empty()) lines.append(skippedText(report.skipped.size()));
  const auto list = [&lines](const std::vector<SkippedFile>& files) {
    for (const SkippedFile& file : files) {
      lines.append(QString::fromStdString(file.file) + '\t' + QString::fromStdString(file.reason));
    }
  };
  list(report.skipped);
  if (!report.notes.empty()) lines.append(notesText(report.notes.size()));
  list(report.notes);
  return lines.join('\n') + '\n';
}

struct ImportReportView::Impl {
  ImportReport report;
  QLabel *headline = nullptr, *duplicates = nullptr, *skipped = nullptr;
  QWidget* duplicatesLine = nullptr;
  QTableView* table = nullptr;
  SkippedModel* files = nullptr;
  QPushButton *train = nullptr, *undo = nullptr;
};

ImportReportView::ImportReportView(QWidget* parent) : QFrame(parent), m_impl(std::make_unique<Impl>()) {
  setObjectName("importReport");
  setAccessibleName(tr("Import report"));
  setFrameShape(QFrame::StyledPanel);
  const auto button = [](const QString& text, const QString& name, const QString& tip) {
    auto* made = new QPushButton(text);
    made->setObjectName(name);
    made->setToolTip(tip);
    return made;
  };
  const auto label = [](const QString& name) {
    auto* made = new QLabel;
    made->setObjectName(name);
    made->setWordWrap(true);
    made->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    return made;
  };
  m_impl->headline = label("importHeadline");
  QFont bold = font();
  bold.setBold(true);
  m_impl->headline->setFont(bold);
  m_impl->duplicates = label("importDuplicates");
  m_impl->skipped = label("importSkipped");

  m_impl->train = button(tr("Train →"), "importTrainButton", tr("Next: teach a model these sprites"));
  m_impl->train->setProperty("primary", true);
  m_impl->undo = button(tr("Undo import"), "importUndoButton", tr("Takes these sprites out again"));
  auto* copy = button(tr("Copy report"), "importCopyButton", tr("Copies the whole report as text"));
  auto* close = new QToolButton;
  close->setObjectName("importCloseButton");
  close->setText("×");
  close->setAutoRaise(true);
  close->setToolTip(tr("Close the report"));
  close->setAccessibleName(tr("Close the report"));
  auto* show =
      button(tr("Show them"), "importShowDuplicatesButton", tr("Filters the grid to sprites that look the same"));
  auto* exclude = button(tr("Exclude all but one"), "importExcludeDuplicatesButton",
                         tr("Keeps one of each and leaves the others out of training"));

  m_impl->files = new SkippedModel(this);
  m_impl->table = new QTableView;
  m_impl->table->setObjectName("importSkippedTable");
  m_impl->table->setAccessibleName(tr("Skipped files"));
  m_impl->table->setModel(m_impl->files);
  m_impl->table->setSelectionBehavior(QAbstractItemView::SelectRows);
  m_impl->table->setTextElideMode(Qt::ElideMiddle);
  m_impl->table->setWordWrap(false);
  m_impl->table->verticalHeader()->hide();
  m_impl->table->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 6);
  m_impl->table->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
  m_impl->table->setFixedHeight(132);

  auto* top = new QHBoxLayout;
  top->addWidget(m_impl->headline, 1);
  for (QWidget* widget : std::initializer_list<QWidget*>{copy, m_impl->undo, m_impl->train, close})
    top->addWidget(widget);
  m_impl->duplicatesLine = new QWidget;
  auto* line = new QHBoxLayout(m_impl->duplicatesLine);
  line->setContentsMargins(0, 0, 0, 0);
  line->addWidget(m_impl->duplicates);
  line->addWidget(show);
  line->addWidget(exclude);
  line->addStretch();
  m_impl->duplicates->setWordWrap(false);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(12, 8, 8, 8);
  layout->addLayout(top);
  layout->addWidget(m_impl->duplicatesLine);
  layout->addWidget(m_impl->skipped);
  layout->addWidget(m_impl->table);

  connect(m_impl->train, &QPushButton::clicked, this, &ImportReportView::trainRequested);
  connect(m_impl->undo, &QPushButton::clicked, this, &ImportReportView::undoRequested);
  connect(show, &QPushButton::clicked, this, &ImportReportView::duplicatesRequested);
  connect(exclude, &QPushButton::clicked, this, &ImportReportView::excludeDuplicatesRequested);
  connect(close, &QToolButton::clicked, this, &QWidget::hide);
  connect(copy, &QPushButton::clicked, this,
          [this] { QGuiApplication::clipboard()->setText(importReportText(m_impl->report)); });
}

ImportReportView::~ImportReportView() = default;

const ImportReport& ImportReportView::report() const {
  return m_impl->report;
}

void ImportReportView::setReport(const ImportReport& report) {
  m_impl->report = report;
  m_impl->headline->setText(importHeadline(report));
  m_impl->duplicates->setText(duplicatesText(report.duplicates));
  m_impl->duplicatesLine->setVisible(report.duplicates > 0);
  std::vector<SkippedFile> files = listed(report);
  m_impl->skipped->setText(listedText(report));
  m_impl->skipped->setVisible(!files.empty());
  m_impl->table->setVisible(!files.empty());
  m_impl->files->setFiles(std::move(files));
  m_impl->train->setVisible(report.imported > 0);
  m_impl->undo->setVisible(report.imported > 0);
}

void ImportReportView::setUndone() {
  m_impl->headline->setText(tr("The import was undone."));
  for (QWidget* widget : std::initializer_list<QWidget*>{m_impl->duplicatesLine, m_impl->train, m_impl->undo}) {
    widget->hide();
  }
}

}  // namespace loom
