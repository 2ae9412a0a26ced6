// The ways in beside a folder and files: sheets, web pages, composed characters; and the way out as files.
#include <QFileDialog>
#include <QMenu>
#include <QSettings>
#include <optional>

#include "core/base/error.h"
#include "ui/pages/compose_dialog.h"
#include "ui/pages/data_export_dialog.h"
#include "ui/pages/dataset_page_parts.h"
#include "ui/pages/page_dialog.h"
#include "ui/pages/pixel_grid_dialog.h"
#include "ui/pages/sheet_dialog.h"
#include "ui/widgets/sheet_reading.h"

namespace loom {

void DatasetPage::buildImportMenu() {
  m_impl->more = new QToolButton;
  m_impl->more->setObjectName("moreImportButton");
  m_impl->more->setText(tr("More ▾"));
  m_impl->more->setToolTip(tr("Other ways in, and out"));
  m_impl->more->setPopupMode(QToolButton::InstantPopup);
  auto* menu = new QMenu(m_impl->more);
  menu->setToolTipsVisible(true);
  const auto action = [&](const QString& text, const QString& name, const QString& tip, auto slot) {
    QAction* made = menu->addAction(text, this, slot);
    made->setObjectName(name);
    made->setToolTip(tip);
    return made;
  };
  action(tr("Cut a sheet…"), "cutSheetAction", tr("Cells found or given as a grid, changed by hand, rows named"),
         &DatasetPage::askForSheet);
  action(tr("From a web page…"), "webPageAction", tr("Lists the pictures of a page; you pick"),
         [this] { importPage({}); });
  action(tr("Compose LPC characters…"), "composeAction", tr("From layers: by hand, or many at random"),
         &DatasetPage::composeCharacters);
  action(tr("Starter characters"), "starterAction", tr("250 characters drawn by the program"),
         &DatasetPage::useStarterCharacters);
  action(tr("Paste a picture"), "pasteAction", tr("From the clipboard (Ctrl+V)"), &DatasetPage::paste);
  menu->addSeparator();
  action(tr("True pixel grid…"), "pixelGridAction", tr("Enlarged art taken back to the size it was drawn at"),
         &DatasetPage::showPixelGrid);
  menu->addSeparator();
  action(tr("Export the data set…"), "exportDataAction", tr("As folders of pictures, or as a CSV table"),
         &DatasetPage::exportData);
  m_impl->more->setMenu(menu);
}

void DatasetPage::askForSheet() {
  if (!m_impl->session.hasProject()) return m_impl->session.requestPage(Page::kStart);
  auto* dialog = new QFileDialog(this, tr("Choose a sheet"), QSettings().value("importFolder").toString());
  dialog->setObjectName("sheetFileDialog");
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setFileMode(QFileDialog::ExistingFile);
  dialog->setNameFilters({tr("Pictures (*.png *.jpg *.jpeg *.bmp *.gif *.webp)"), tr("All files (*)")});
  connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& file) {
    QSettings().setValue("importFolder", QFileInfo(file).absolutePath());
    cutSheet(file.toStdString());
  });
  dialog->open();
}

void DatasetPage::cutSheet(const std::filesystem::path& file) {
  (new SheetDialog(m_impl->session, file, this))->open();
}

/// Imports, but shows a picture that comes alone and looks like a sheet first: how it is cut is easier to see than to
/// undo.
void DatasetPage::bringFiles(const std::vector<std::filesystem::path>& sources) {
  if (sources.size() != 1 || std::filesystem::is_directory(sources.front())) {
    return m_impl->session.importSprites(sources);
  }
  const std::filesystem::path file = sources.front();
  const auto look = [file](JobMonitor& monitor) -> std::optional<SheetReading> {
    if (!isStillPicture(file)) return {};
    try {
      SheetReading reading = readSheet(file, monitor);
      if (asksForCutting(reading)) return reading;
    } catch (const Error&) {
      // The import's report will say it.
    }
    return {};
  };
  m_impl->session.jobs().run(tr("Looking at %1").arg(QString::fromStdString(file.filename().string())), this, look,
                             [this, file](std::optional<SheetReading> sheet) {
                               if (!m_impl->session.hasProject()) return;
                               if (!sheet) return m_impl->session.importSprites({file});
                               (new SheetDialog(m_impl->session, file, this, std::move(sheet)))->open();
                             });
}

void DatasetPage::importPage(const QString& address) {
  if (!m_impl->session.hasProject()) return m_impl->session.requestPage(Page::kStart);
  (new PageDialog(m_impl->session, address, this))->open();
}

/// One address is a page or a picture; several are pictures, and so is one that holds its picture itself (data:).
void DatasetPage::importAddresses(const std::vector<std::string>& addresses) {
  if (addresses.size() == 1 && looksLikeWebAddress(addresses.front())) {
    return importPage(QString::fromStdString(addresses.front()));
  }
  (new PageDialog(m_impl->session, addresses, this))->open();
}

void DatasetPage::composeCharacters() {
  if (!m_impl->session.hasProject()) return m_impl->session.requestPage(Page::kStart);
  (new ComposeDialog(m_impl->session, this))->open();
}

void DatasetPage::showPixelGrid() {
  if (!m_impl->session.hasProject()) return;
  const std::vector<SpriteId> ids = targets();
  if (ids.empty()) {
    return m_impl->session.say(tr("Nothing is selected."), tr("Select the sprites whose pixel grid is meant."));
  }
  (new PixelGridDialog(m_impl->session, ids, this))->open();
}

void DatasetPage::exportData() {
  if (!m_impl->session.hasProject()) return;
  (new DataExportDialog(m_impl->session, selection(), this))->open();
}

}  // namespace loom
