#include "ui/widgets/sheet_export_bar.h"

#include <QDesktopServices>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QLabel>
#include <QMessageBox>
#include <QPushButton>
#include <QSettings>
#include <QStandardPaths>
#include <QUrl>
#include <QVBoxLayout>
#include <utility>

#include "core/base/error.h"

namespace loom {
namespace {

constexpr const char* kLastFileKey = "export.lastFile";
constexpr const char* kFolderKey = "export/folder";

QString exportFolder() {
  const QString pictures = QStandardPaths::writableLocation(QStandardPaths::PicturesLocation);
  return QSettings().value(kFolderKey, pictures.isEmpty() ? QDir::homePath() : pictures).toString();
}

}  // namespace

SheetExportBar::SheetExportBar(Session& session, QWidget* parent) : QWidget(parent), m_session(session) {
  m_saved = new QLabel;
  m_saved->setObjectName("savedText");
  m_saved->setWordWrap(true);
  m_saved->setTextInteractionFlags(Qt::TextSelectableByMouse);
  m_folderButton = new QPushButton(tr("Open &folder"));
  m_folderButton->setObjectName("openFolderButton");
  m_folderButton->setToolTip(tr("Show the written files"));
  m_exportButton = new QPushButton(tr("&Export…"));
  m_exportButton->setObjectName("exportButton");
  m_exportButton->setProperty("primary", true);
  m_exportButton->setToolTip(tr("Choose a file name and write the sheet"));
  m_againButton = new QPushButton(tr("Export a&gain"));
  m_againButton->setObjectName("exportAgainButton");
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(8, 8, 0, 0);
  for (QWidget* widget : std::initializer_list<QWidget*>{m_saved, m_folderButton, m_exportButton, m_againButton}) {
    layout->addWidget(widget);
  }
  connect(m_exportButton, &QPushButton::clicked, this, &SheetExportBar::exportAs);
  connect(m_againButton, &QPushButton::clicked, this, &SheetExportBar::exportAgain);
  connect(m_folderButton, &QPushButton::clicked, this,
          [this] { QDesktopServices::openUrl(QUrl::fromLocalFile(QFileInfo(m_lastFile).absolutePath())); });
  adoptProject();
}

void SheetExportBar::adoptProject() {
  m_lastFile.clear();
  m_saved->clear();
  m_saved->hide();
  m_folderButton->hide();
  if (m_session.hasProject()) {
    try {
      m_lastFile = QString::fromStdString(m_session.catalogue().value(kLastFileKey, "").get<std::string>());
    } catch (const std::exception&) {
      m_lastFile.clear();  // only a convenience: the user is asked for a file then
    }
  }
  noSheet();
}

void SheetExportBar::noSheet() {
  m_possible = false;
  m_sheet.reset();
  m_waiting.reset();
  showState();
}

void SheetExportBar::awaitSheet() {
  m_possible = true;
  m_sheet.reset();
  showState();
}

void SheetExportBar::setSheet(std::shared_ptr<const Sheet> sheet) {
  m_possible = true;
  m_sheet = std::move(sheet);
  showState();
  if (m_waiting) write(*std::exchange(m_waiting, {}));
}

void SheetExportBar::showState() {
  m_exportButton->setEnabled(m_possible);
  m_againButton->setEnabled(m_possible && !m_lastFile.isEmpty());
  m_againButton->setToolTip(m_lastFile.isEmpty()
                                ? tr("Writes to the last file again (Ctrl+E)")
                                : tr("Writes %1 again (Ctrl+E)").arg(QDir::toNativeSeparators(m_lastFile)));
}

void SheetExportBar::exportAs() {
  if (!m_possible) return;
  QFileDialog dialog(this, tr("Export the sheet"), exportFolder(), tr("PNG pictures (*.png)"));
  dialog.setObjectName("exportDialog");
  dialog.setAcceptMode(QFileDialog::AcceptSave);
  dialog.setFileMode(QFileDialog::AnyFile);
  dialog.setDefaultSuffix("png");
  dialog.setOption(QFileDialog::DontConfirmOverwrite);  // we ask, for all the files
  const QString name = m_lastFile.isEmpty() ? QString::fromStdString(m_session.project().name()) + ".png"
                                            : QFileInfo(m_lastFile).fileName();
  dialog.selectFile(name);
  if (dialog.exec() == QDialog::Accepted && !dialog.selectedFiles().isEmpty()) begin(dialog.selectedFiles().front());
}

void SheetExportBar::exportAgain() {
  if (!m_possible) return;
  if (m_lastFile.isEmpty()) {
    exportAs();
  } else {
    begin(m_lastFile);
  }
}

void SheetExportBar::begin(const QString& file) {
  const SheetFiles files = sheetFiles(file.toStdString(), m_data);
  const std::optional<bool> replace = mayReplace(files);
  if (!replace || !m_possible) return;
  m_waiting = Target{files.image, m_data, *replace};
  if (m_sheet) write(*std::exchange(m_waiting, {}));
}

std::optional<bool> SheetExportBar::mayReplace(const SheetFiles& files) {
  QStringList existing;
  std::vector<std::filesystem::path> all = files.data;
  all.insert(all.begin(), files.image);
  for (const auto& path : all) {
    std::error_code error;
    if (std::filesystem::exists(path, error)) existing.append(QString::fromStdString(path.filename().string()));
  }
  if (existing.isEmpty()) return false;
  const QString folder = QDir::toNativeSeparators(QString::fromStdString(files.image.parent_path().string()));
  QMessageBox box(QMessageBox::Question, tr("Replace?"),
                  tr("In %1 there is already: %2. Replace it?").arg(folder, existing.join(", ")), QMessageBox::Cancel,
                  this);
  box.setObjectName("replaceBox");
  QPushButton* replace = box.addButton(tr("Replace"), QMessageBox::AcceptRole);
  replace->setObjectName("replaceButton");
  box.setDefaultButton(QMessageBox::Cancel);
  box.exec();
  if (box.clickedButton() != replace) return {};
  return true;
}

void SheetExportBar::write(const Target& target) {
  m_saved->setText(tr("Writing %1 …").arg(QString::fromStdString(target.file.filename().string())));
  m_saved->show();
  m_folderButton->hide();
  m_session.jobs().run(
      tr("Writing the sheet"), this,
      [sheet = m_sheet, target](JobMonitor& monitor) {
        monitor.begin(target.file.filename().string(), 0);
        SheetFiles files = saveSheet(*sheet, target.file, target.data, target.replace);
        const std::filesystem::path credits = saveCreditsBeside(files.image, sheet->credits);
        if (!credits.empty()) files.data.push_back(credits);
        return files;
      },
      [this](const SheetFiles& files) { remember(files); },
      [this](const std::exception_ptr& error) {
        const ErrorText text = errorText(error);
        m_saved->setText(tr("Not written: %1").arg(text.what));
        m_session.say(text.what, text.hint);
      });
}

void SheetExportBar::remember(const SheetFiles& files) {
  m_lastFile = QString::fromStdString(files.image.string());
  QSettings().setValue(kFolderKey, QFileInfo(m_lastFile).absolutePath());
  try {
    if (m_session.hasProject()) m_session.catalogue().setValue(kLastFileKey, m_lastFile.toStdString());
  } catch (const Error& error) {
    m_session.say(QString::fromUtf8(error.what()), QString::fromStdString(error.hint()));
  }
  QString names = QFileInfo(m_lastFile).fileName();
  for (const auto& path : files.data) names += tr(" and %1").arg(QString::fromStdString(path.filename().string()));
  m_saved->setText(tr("Saved %1").arg(names));
  m_saved->setToolTip(QDir::toNativeSeparators(m_lastFile));
  m_folderButton->show();
  showState();
}

}  // namespace loom
