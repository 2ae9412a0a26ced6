#include "ui/pages/data_export_dialog.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFileDialog>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSettings>
#include <QVBoxLayout>

#include "ui/bridge/stoppable.h"
#include "ui/models/sprite_commands.h"
#include "ui/widgets/job_strip.h"
#include "ui/widgets/silence.h"

namespace loom {
namespace {

enum Form { kFolders, kCsv };

QComboBox* choice(const QString& name, const QString& title, const QStringList& texts) {
  auto* made = new QComboBox;
  made->setObjectName(name);
  made->setAccessibleName(title);
  made->addItems(texts);
  return made;
}

QString exportingTitle() {
  return DataExportDialog::tr("Exporting the data set");
}

}  // namespace

struct DataExportDialog::Impl {
  Impl(Session& of, std::vector<SpriteId> ids) : session(of), selected(std::move(ids)) {}

  Session& session;
  std::vector<SpriteId> selected;
  bool writing = false;
  QComboBox *which = nullptr, *as = nullptr, *channels = nullptr, *label = nullptr;
  QCheckBox *header = nullptr, *force = nullptr;
  QLabel *labelTitle = nullptr, *state = nullptr;
  QLineEdit* out = nullptr;
  QWidget* form = nullptr;
  QPushButton* write = nullptr;
};

DataExportDialog::DataExportDialog(Session& session, std::vector<SpriteId> selected, QWidget* parent)
    : QDialog(parent), m_impl(std::make_unique<Impl>(session, std::move(selected))) {
  setObjectName("dataExportDialog");
  setAttribute(Qt::WA_DeleteOnClose);
  setWindowTitle(tr("Export the data set"));
  build();
  restore();
  connect(m_impl->as, &QComboBox::currentIndexChanged, this, &DataExportDialog::followForm);
  connect(m_impl->out, &QLineEdit::textChanged, this, &DataExportDialog::follow);
  followForm();
  resize(560, sizeHint().height());
}

DataExportDialog::~DataExportDialog() {
  silence(*this, *this);
}

void DataExportDialog::build() {
  m_impl->which = choice("exportWhich", tr("Sprites"), {tr("All that are not excluded")});
  const auto count = static_cast<qint64>(m_impl->selected.size());
  if (count > 0) m_impl->which->addItem(tr("The %1 selected").arg(counted(count, tr("sprite"), tr("sprites"))));
  if (count > 1) m_impl->which->setCurrentIndex(1);
  m_impl->as =
      choice("exportAs", tr("As"), {tr("Folders of PNG pictures, one a view"), tr("CSV table, one sprite a row")});
  m_impl->channels =
      choice("exportChannels", tr("Colours"),
             {tr("Grayscale"), tr("Grayscale and alpha"), tr("Colour on white"), tr("Colour and alpha")});
  m_impl->label = choice("exportLabel", tr("Label column"), {tr("None"), tr("View"), tr("Character")});
  m_impl->label->setToolTip(tr("What the first column says of each sprite"));
  m_impl->header = new QCheckBox(tr("A heading for each column"));
  m_impl->header->setObjectName("exportHeader");
  m_impl->force = new QCheckBox(tr("Replace files that are there"));
  m_impl->force->setObjectName("exportForce");
  m_impl->force->setToolTip(tr("Otherwise nothing is written where a file would be overwritten"));
  m_impl->out = new QLineEdit;
  m_impl->out->setObjectName("exportOut");
  auto* browse = new QPushButton(tr("…"));
  browse->setObjectName("exportBrowse");
  browse->setAccessibleName(tr("Choose where"));
  browse->setToolTip(tr("Choose where"));
  browse->setAutoDefault(false);
  connect(browse, &QPushButton::clicked, this, &DataExportDialog::browse);

  m_impl->form = new QWidget;
  auto* grid = new QGridLayout(m_impl->form);
  grid->setContentsMargins(0, 0, 0, 0);
  int row = 0;
  const auto line = [&](const QString& title, QWidget* widget, int columns = 2) {
    auto* label = new QLabel(title);
    label->setBuddy(widget);
    grid->addWidget(label, row, 0);
    grid->addWidget(widget, row++, 1, 1, columns);
    return label;
  };
  line(tr("Sprites"), m_impl->which);
  line(tr("As"), m_impl->as);
  line(tr("Colours"), m_impl->channels);
  m_impl->labelTitle = line(tr("Label column"), m_impl->label);
  grid->addWidget(m_impl->header, row++, 1, 1, 2);
  line(tr("To"), m_impl->out, 1);
  grid->addWidget(browse, row - 1, 2);
  grid->addWidget(m_impl->force, row++, 1, 1, 2);
  grid->setColumnStretch(1, 1);

  m_impl->state =
      new QLabel(tr("CREDITS.txt and CREDITS.csv are written beside the files, where anything is known of "
                    "authors, licences or sources."));
  m_impl->state->setObjectName("exportState");
  m_impl->state->setWordWrap(true);
  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
  m_impl->write = buttons->addButton(tr("Write"), QDialogButtonBox::AcceptRole);
  m_impl->write->setObjectName("exportWriteButton");
  m_impl->write->setProperty("primary", true);
  connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
  auto* layout = new QVBoxLayout(this);
  layout->addWidget(m_impl->form);
  layout->addWidget(m_impl->state);
  layout->addStretch();
  layout->addWidget(new JobStrip(m_impl->session.jobs()));
  layout->addWidget(buttons);
}

void DataExportDialog::restore() {
  const QSettings settings;
  m_impl->as->setCurrentIndex(settings.value("dataExport/as", kFolders).toInt());
  m_impl->channels->setCurrentIndex(settings.value("dataExport/channels", 3).toInt());
  m_impl->label->setCurrentIndex(settings.value("dataExport/label", 1).toInt());
  m_impl->header->setChecked(settings.value("dataExport/header", true).toBool());
}

void DataExportDialog::remember() const {
  QSettings settings;
  settings.setValue("dataExport/as", m_impl->as->currentIndex());
  settings.setValue("dataExport/channels", m_impl->channels->currentIndex());
  settings.setValue("dataExport/label", m_impl->label->currentIndex());
  settings.setValue("dataExport/header", m_impl->header->isChecked());
  settings.setValue(outKey(), m_impl->out->text().trimmed());
}

/// A folder and a file are remembered apart: one is never offered for the other.
QString DataExportDialog::outKey() const {
  return m_impl->as->currentIndex() == kCsv ? "dataExport/file" : "dataExport/folder";
}

void DataExportDialog::followForm() {
  const bool csv = m_impl->as->currentIndex() == kCsv;
  for (QWidget* widget : std::initializer_list<QWidget*>{m_impl->labelTitle, m_impl->label, m_impl->header}) {
    widget->setEnabled(csv);
  }
  m_impl->out->setText(QSettings().value(outKey()).toString());
  m_impl->out->setPlaceholderText(csv ? tr("A file that ends in .csv") : tr("A folder"));
  follow();
}

void DataExportDialog::follow() {
  m_impl->form->setEnabled(!m_impl->writing);
  m_impl->write->setEnabled(!m_impl->writing && !m_impl->out->text().trimmed().isEmpty());
}

void DataExportDialog::browse() {
  const bool csv = m_impl->as->currentIndex() == kCsv;
  auto* dialog = new QFileDialog(this, csv ? tr("The CSV file") : tr("A folder"), m_impl->out->text());
  dialog->setObjectName("exportOutDialog");
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setAcceptMode(csv ? QFileDialog::AcceptSave : QFileDialog::AcceptOpen);
  dialog->setFileMode(csv ? QFileDialog::AnyFile : QFileDialog::Directory);
  dialog->setOption(QFileDialog::DontConfirmOverwrite);  // this dialog has a tick for that
  if (csv) dialog->setDefaultSuffix("csv");
  connect(dialog, &QFileDialog::fileSelected, m_impl->out, &QLineEdit::setText);
  dialog->open();
}

void DataExportDialog::accept() {
  if (!m_impl->write->isEnabled()) return;
  const QString out = m_impl->out->text().trimmed();
  remember();
  DataExportOptions options{.channels = m_impl->channels->currentIndex() + 1, .force = m_impl->force->isChecked()};
  if (m_impl->which->currentIndex() == 1) options.sprites = m_impl->selected;
  const bool csv = m_impl->as->currentIndex() == kCsv;
  constexpr CsvLabelColumn kLabels[] = {CsvLabelColumn::kNone, CsvLabelColumn::kView, CsvLabelColumn::kCharacter};
  const CsvLabelColumn label = kLabels[m_impl->label->currentIndex()];
  const bool header = m_impl->header->isChecked();
  Session& session = m_impl->session;
  m_impl->writing = true;
  m_impl->state->setText(tr("Writing…"));
  follow();
  const auto stopped = [this](const QString& text) {
    m_impl->writing = false;
    m_impl->state->setText(text);
    follow();
  };
  session.jobs().run(
      exportingTitle(), this,
      stoppable([project = session.project(), path = std::filesystem::path(out.toStdString()), options, csv, label,
                 header](JobMonitor& monitor) {
        return csv ? exportCsv(project, path, label, header, options, monitor)
                   : exportFolders(project, path, options, monitor);
      }),
      [this, stopped, out](const std::optional<DataExportReport>& report) {
        if (!report) return stopped(tr("Stopped; nothing was written."));
        m_impl->session.say(tr("%1 written to %2.").arg(counted(report->sprites, tr("sprite"), tr("sprites")), out),
                            report->fitting.empty()
                                ? QString()
                                : tr("Of other sizes: %1.").arg(QString::fromStdString(report->fitting)));
        QDialog::accept();
      },
      [stopped](const std::exception_ptr& error) { stopped(told(errorText(error))); });
}

void DataExportDialog::reject() {
  JobRunner& jobs = m_impl->session.jobs();
  if (m_impl->writing && jobs.currentTitle() == exportingTitle()) jobs.cancel();
  QDialog::reject();
}

}  // namespace loom
