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

#include "ui/models/sprite_commands.h"
#include "ui/widgets/silence.h"

namespace loom {

struct DataExportDialog::Impl {
  Session& session;
  std::vector<SpriteId> selected;
  QComboBox *which = nullptr, *as = nullptr, *channels = nullptr, *label = nullptr;
  QCheckBox *header = nullptr, *force = nullptr;
  QLabel* labelTitle = nullptr;
  QLineEdit* out = nullptr;
  QPushButton* write = nullptr;
};

DataExportDialog::DataExportDialog(Session& session, std::vector<SpriteId> selected, QWidget* parent)
    : QDialog(parent), m_impl(std::make_unique<Impl>(Impl{session, std::move(selected)})) {
  setObjectName("dataExportDialog");
  setAttribute(Qt::WA_DeleteOnClose);
  setWindowTitle(tr("Export the data set"));
  const auto choice = [](const QString& name, const QString& title) {
    auto* made = new QComboBox;
    made->setObjectName(name);
    made->setAccessibleName(title);
    return made;
  };
  auto* grid = new QGridLayout(this);
  int row = 0;
  const auto line = [&](const QString& title, QWidget* widget) {
    auto* label = new QLabel(title);
    label->setBuddy(widget);
    grid->addWidget(label, row, 0);
    grid->addWidget(widget, row, 1, 1, 2);
    ++row;
    return label;
  };
  m_impl->which = choice("exportWhich", tr("Sprites"));
  m_impl->which->addItem(tr("All that are not excluded"));
  if (!m_impl->selected.empty()) {
    m_impl->which->addItem(tr("The %1 selected").arg(m_impl->selected.size()));
    m_impl->which->setCurrentIndex(m_impl->selected.size() > 1 ? 1 : 0);
  }
  m_impl->as = choice("exportAs", tr("As"));
  m_impl->as->addItem(tr("Folders of PNG pictures, one a view"));
  m_impl->as->addItem(tr("CSV table, one sprite a row"));
  m_impl->channels = choice("exportChannels", tr("Colours"));
  for (const QString& text : {tr("Grayscale"), tr("Grayscale and alpha"), tr("Colour on white"), tr("Colour and alpha")}) {
    m_impl->channels->addItem(text);
  }
  m_impl->channels->setCurrentIndex(3);
  m_impl->label = choice("exportLabel", tr("Label column"));
  for (const QString& text : {tr("None"), tr("View"), tr("Character")}) m_impl->label->addItem(text);
  m_impl->label->setCurrentIndex(1);
  m_impl->header = new QCheckBox(tr("A heading for each column"));
  m_impl->header->setObjectName("exportHeader");
  m_impl->header->setChecked(true);
  m_impl->force = new QCheckBox(tr("Replace files that are there"));
  m_impl->force->setObjectName("exportForce");
  m_impl->out = new QLineEdit(QSettings().value("dataExport/out").toString());
  m_impl->out->setObjectName("exportOut");
  auto* browse = new QPushButton(tr("…"));
  browse->setObjectName("exportBrowse");
  browse->setAccessibleName(tr("Choose where"));
  browse->setAutoDefault(false);
  line(tr("Sprites"), m_impl->which);
  line(tr("As"), m_impl->as);
  line(tr("Colours"), m_impl->channels);
  m_impl->labelTitle = line(tr("Label column"), m_impl->label);
  grid->addWidget(m_impl->header, row++, 1, 1, 2);
  auto* to = new QLabel(tr("To"));
  to->setBuddy(m_impl->out);
  grid->addWidget(to, row, 0);
  grid->addWidget(m_impl->out, row, 1);
  grid->addWidget(browse, row++, 2);
  grid->addWidget(m_impl->force, row++, 1, 1, 2);
  auto* credits = new QLabel(tr("Credits go along: CREDITS.txt and CREDITS.csv beside the files."));
  credits->setWordWrap(true);
  grid->addWidget(credits, row++, 0, 1, 3);
  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
  m_impl->write = buttons->addButton(tr("Write"), QDialogButtonBox::AcceptRole);
  m_impl->write->setObjectName("exportWriteButton");
  m_impl->write->setProperty("primary", true);
  grid->addWidget(buttons, row, 0, 1, 3);
  grid->setColumnStretch(1, 1);
  resize(480, sizeHint().height());

  connect(m_impl->as, &QComboBox::currentIndexChanged, this, &DataExportDialog::follow);
  connect(m_impl->out, &QLineEdit::textChanged, this, &DataExportDialog::follow);
  connect(browse, &QPushButton::clicked, this, &DataExportDialog::browse);
  connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
  follow();
}

DataExportDialog::~DataExportDialog() {
  silence(*this, *this);
}

void DataExportDialog::follow() {
  const bool csv = m_impl->as->currentIndex() == 1;
  for (QWidget* widget : std::initializer_list<QWidget*>{m_impl->labelTitle, m_impl->label, m_impl->header}) {
    widget->setEnabled(csv);
  }
  m_impl->write->setEnabled(!m_impl->out->text().trimmed().isEmpty());
}

void DataExportDialog::browse() {
  const bool csv = m_impl->as->currentIndex() == 1;
  auto* dialog = new QFileDialog(this, csv ? tr("The CSV file") : tr("A folder"), m_impl->out->text());
  dialog->setObjectName("exportOutDialog");
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setAcceptMode(csv ? QFileDialog::AcceptSave : QFileDialog::AcceptOpen);
  dialog->setFileMode(csv ? QFileDialog::AnyFile : QFileDialog::Directory);
  if (csv) dialog->setDefaultSuffix("csv");
  connect(dialog, &QFileDialog::fileSelected, m_impl->out, &QLineEdit::setText);
  dialog->open();
}

void DataExportDialog::accept() {
  const QString out = m_impl->out->text().trimmed();
  QSettings().setValue("dataExport/out", out);
  DataExportOptions options{.channels = m_impl->channels->currentIndex() + 1, .force = m_impl->force->isChecked()};
  if (m_impl->which->currentIndex() == 1) options.sprites = m_impl->selected;
  const bool csv = m_impl->as->currentIndex() == 1;
  constexpr CsvLabelColumn kLabels[] = {CsvLabelColumn::kNone, CsvLabelColumn::kView, CsvLabelColumn::kCharacter};
  const CsvLabelColumn label = kLabels[m_impl->label->currentIndex()];
  const bool header = m_impl->header->isChecked();
  Session& session = m_impl->session;
  session.jobs().run(
      tr("Exporting the data set"), &session,
      [project = session.project(), path = std::filesystem::path(out.toStdString()), options, csv, label,
       header](JobMonitor& monitor) {
        return csv ? exportCsv(project, path, label, header, options, monitor)
                   : exportFolders(project, path, options, monitor);
      },
      [&session, out](const DataExportReport& report) {
        QString text = tr("%1 written to %2.").arg(counted(report.sprites, tr("sprite"), tr("sprites")), out);
        session.say(text, report.fitting.empty() ? QString() : QString::fromStdString(report.fitting));
      });
  QDialog::accept();
}

}  // namespace loom
