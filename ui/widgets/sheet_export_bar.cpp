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
#include <algorithm>
#include <iterator>
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

/// Sheets are laid out anew whenever the page comes into sight.
bool samePictures(const std::vector<Sheet>& left, const std::vector<Sheet>& right) {
  return &left == &right || std::ranges::equal(left, right, [](const Sheet& one, const Sheet& other) {
    return one.image.width() == other.image.width() && std::ranges::equal(one.image.pixels(), other.image.pixels());
  });
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
  m_written.reset();
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
  m_sheets.reset();
  m_waiting.reset();
  showState();
}

void SheetExportBar::awaitSheet() {
  m_possible = true;
  m_sheets.reset();
  showState();
}

void SheetExportBar::setSheets(std::shared_ptr<const std::vector<Sheet>> sheets) {
  m_possible = true;
  m_sheets = std::move(sheets);
  showState();
  if (m_waiting) ask();
}

void SheetExportBar::setFormats(const std::vector<SheetData>& data, bool fullColour) {
  m_saving.data = data;
  m_saving.fullColour = fullColour;
}

void SheetExportBar::showState() {
  m_exportButton->setEnabled(m_possible);
  m_againButton->setEnabled(m_possible && !m_lastFile.isEmpty());
  m_againButton->setToolTip(m_lastFile.isEmpty()
                                ? tr("Writes to the last file again (Ctrl+E)")
                                : tr("Writes %1 again (Ctrl+E)").arg(QDir::toNativeSeparators(m_lastFile)));
}

QString SheetExportBar::fileName() const {
  return m_lastFile.isEmpty() ? QString::fromStdString(m_session.project().name()) + ".png"
                              : QFileInfo(m_lastFile).fileName();
}

std::optional<std::filesystem::path> SheetExportBar::exported(std::size_t sheet) const {
  if (!m_sheets || !m_written || m_lastFile.isEmpty() || !samePictures(*m_sheets, *m_written)) return {};
  const std::filesystem::path file = sheetFiles(m_lastFile.toStdString(), *m_sheets, {}).at(sheet).image;
  std::error_code error;
  return std::filesystem::is_regular_file(file, error) ? std::optional(file) : std::nullopt;
}

void SheetExportBar::exportAs() {
  if (!m_possible) return;
  QFileDialog dialog(this, tr("Export the sheet"), exportFolder(), tr("PNG pictures (*.png)"));
  dialog.setObjectName("exportDialog");
  dialog.setAcceptMode(QFileDialog::AcceptSave);
  dialog.setFileMode(QFileDialog::AnyFile);
  dialog.setDefaultSuffix("png");
  dialog.setOption(QFileDialog::DontConfirmOverwrite);  // we ask, for all the files
  dialog.selectFile(fileName());
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
  m_waiting = file.toStdString();
  if (m_sheets) ask();
}

void SheetExportBar::ask() {
  const std::filesystem::path file = *std::exchange(m_waiting, {});
  const auto sheets = m_sheets;  // while the user thinks, others may be laid out
  SheetSaving saving = m_saving;
  try {
    const std::optional<bool> replace = mayReplace(sheetFiles(file, *sheets, saving.data));
    if (!replace) return;
    saving.replace = *replace;
    write(file, sheets, saving);
  } catch (const Error& error) {
    m_session.say(QString::fromUtf8(error.what()), QString::fromStdString(error.hint()));
  }
}

std::optional<bool> SheetExportBar::mayReplace(const std::vector<SheetFiles>& files) {
  constexpr qsizetype kNamed = 12;
  QStringList existing;
  for (const auto& path : allFiles(files)) {
    std::error_code error;
    if (std::filesystem::exists(path, error)) existing.append(QString::fromStdString(path.filename().string()));
  }
  if (existing.isEmpty()) return false;
  const qsizetype others = existing.size() - kNamed;
  if (others > 0) {
    existing = existing.first(kNamed);
    existing.append(tr("and %1 more").arg(others));
  }
  const std::filesystem::path& first = files.front().image;
  const QString folder = QDir::toNativeSeparators(QString::fromStdString(first.parent_path().string()));
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

void SheetExportBar::write(const std::filesystem::path& file, const std::shared_ptr<const std::vector<Sheet>>& sheets,
                           const SheetSaving& saving) {
  m_saved->setText(tr("Writing %1 …").arg(QString::fromStdString(file.filename().string())));
  m_saved->show();
  m_folderButton->hide();
  m_session.jobs().run(
      tr("Writing the sheet"), this,
      [sheets, file, saving](JobMonitor& monitor) {
        std::vector<std::filesystem::path> written = allFiles(saveSheets(*sheets, file, saving, monitor));
        const std::vector<std::string> unnamed = {""};  // one for all sheets
        const std::filesystem::path whole = sheetFiles(file, unnamed, {}).front().image;
        std::ranges::move(saveCreditsBeside(whole, sheets->front().credits), std::back_inserter(written));
        return written;
      },
      [this, file, sheets](const std::vector<std::filesystem::path>& written) {
        m_written = sheets;
        remember(file, written);
      },
      [this](const std::exception_ptr& error) {
        const ErrorText text = errorText(error);
        m_saved->setText(tr("Not written: %1").arg(text.what));
        m_session.say(text.what, text.hint);
      });
}

void SheetExportBar::remember(const std::filesystem::path& file, const std::vector<std::filesystem::path>& written) {
  m_lastFile = QString::fromStdString(file.string());
  QSettings().setValue(kFolderKey, QFileInfo(m_lastFile).absolutePath());
  try {
    if (m_session.hasProject()) m_session.catalogue().setValue(kLastFileKey, m_lastFile.toStdString());
  } catch (const Error& error) {
    m_session.say(QString::fromUtf8(error.what()), QString::fromStdString(error.hint()));
  }
  showWritten(written);
  showState();
}

void SheetExportBar::showWritten(const std::vector<std::filesystem::path>& written) {
  constexpr std::size_t kNamed = 3;
  QStringList names, paths;
  for (const auto& path : written) {
    const QString whole = QString::fromStdString(path.string());
    paths.append(QDir::toNativeSeparators(whole));
    if (written.size() <= kNamed || names.empty()) names.append(QFileInfo(whole).fileName());
  }
  if (written.size() > kNamed) names.append(tr("%1 more files").arg(written.size() - 1));
  m_saved->setText(tr("Saved %1").arg(names.join(tr(" and "))));
  m_saved->setToolTip(paths.join('\n'));
  m_folderButton->show();
}

}  // namespace loom
