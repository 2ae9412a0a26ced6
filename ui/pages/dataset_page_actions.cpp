// What a person can do on the dataset page: import, exclude, delete, drop files.
#include <QContextMenuEvent>
#include <QDragEnterEvent>
#include <QFileDialog>
#include <QLocale>
#include <QMenu>
#include <QSettings>
#include <QShortcut>
#include <algorithm>
#include <set>

#include "ui/models/sprite_commands.h"
#include "ui/pages/dataset_page.h"
#include "ui/pages/dataset_page_parts.h"

namespace loom {
namespace {

constexpr int kStarterCharacters = 250;

}  // namespace

void DatasetPage::buildActions() {
  const auto action = [this](const QString& text, const QKeySequence& key, auto slot,
                             std::initializer_list<QWidget*> places) {
    auto* made = new QAction(text, this);
    made->setShortcut(key);
    made->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    connect(made, &QAction::triggered, this, slot);
    for (QWidget* place : places) place->addAction(made);
    return made;
  };
  // Where sprites are shown, so that an x typed into the filter stays a letter and Del in a list of steps means a step.
  QWidget* const looks = m_impl->looks;
  QWidget* const details = m_impl->details;
  m_impl->excludeAction = action(tr("Exclude"), Qt::Key_X, &DatasetPage::toggleExcluded, {looks, details});
  m_impl->removeAction = action(tr("Delete"), QKeySequence::Delete, &DatasetPage::binSelected, {looks, details});
  m_impl->selectAllAction =
      action(tr("Select all"), QKeySequence::SelectAll, [this] { m_impl->grid->selectAll(); }, {looks, details});
  m_impl->copyAction = action(tr("Copy picture"), QKeySequence::Copy, &DatasetPage::copySprite, {m_impl->splitter});
  m_impl->turnAction = action(tr("Turn round"), Qt::CTRL | Qt::Key_T, &DatasetPage::turnRound, {m_impl->splitter});
  m_impl->turnAction->setObjectName("turnAction");
  m_impl->turnAction->setToolTip(tr("Draws the missing views of the selected sprite's character (Ctrl+T)"));
  m_impl->editAction = action({}, Qt::CTRL | Qt::Key_E, &DatasetPage::editOutside, {m_impl->splitter});
  // Also into a project that is still empty.
  m_impl->pasteAction = action(tr("Paste picture"), QKeySequence::Paste, &DatasetPage::paste, {this});

  const auto shortcut = [this](const QKeySequence& key, auto slot) {
    auto* made = new QShortcut(key, this);
    made->setContext(Qt::WidgetWithChildrenShortcut);
    connect(made, &QShortcut::activated, this, slot);
  };
  m_impl->editorAction = new QAction(tr("Choose that program…"), this);
  m_impl->editorAction->setObjectName("chooseEditorAction");
  connect(m_impl->editorAction, &QAction::triggered, this, &DatasetPage::chooseEditor);
  m_impl->edit->setDefaultAction(m_impl->editAction);
  m_impl->edit->addAction(m_impl->editorAction);
  nameEditor();
  shortcut(QKeySequence::Find, [this] { m_impl->filter->focusText(); });
  shortcut(QKeySequence::ZoomIn, [this] { m_impl->grid->setZoom(m_impl->grid->zoom() + 1); });
  shortcut(Qt::CTRL | Qt::Key_Equal, [this] { m_impl->grid->setZoom(m_impl->grid->zoom() + 1); });
  shortcut(QKeySequence::ZoomOut, [this] { m_impl->grid->setZoom(m_impl->grid->zoom() - 1); });
  shortcut(Qt::CTRL | Qt::Key_I, &DatasetPage::importFolder);
  shortcut(Qt::CTRL | Qt::SHIFT | Qt::Key_I, &DatasetPage::importFiles);
}

// Importing

void DatasetPage::importFolder() {
  if (!m_impl->session.hasProject()) return m_impl->session.requestPage(Page::kStart);
  auto* dialog = new QFileDialog(this, tr("Import a folder of sprites"), QSettings().value("importFolder").toString());
  dialog->setObjectName("importFolderDialog");
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setFileMode(QFileDialog::Directory);
  dialog->setOption(QFileDialog::ShowDirsOnly);
  connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& folder) {
    QSettings().setValue("importFolder", folder);
    m_impl->session.importSprites({folder.toStdString()});
  });
  dialog->open();
}

void DatasetPage::importFiles() {
  if (!m_impl->session.hasProject()) return m_impl->session.requestPage(Page::kStart);
  auto* dialog =
      new QFileDialog(this, tr("Import pictures, tables or archives"), QSettings().value("importFolder").toString());
  dialog->setObjectName("importFilesDialog");
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setFileMode(QFileDialog::ExistingFiles);
  dialog->setNameFilters({tr("Pictures, animations, tables and archives (*.png *.jpg *.jpeg *.bmp *.gif *.webp "
                             "*.aseprite *.ase *.csv *.tsv *.zip *.7z *.tar *.gz *.rar)"),
                          tr("All files (*)")});
  connect(dialog, &QFileDialog::filesSelected, this, [this, dialog](const QStringList& files) {
    QSettings().setValue("importFolder", dialog->directory().absolutePath());
    std::vector<std::filesystem::path> sources;
    for (const QString& file : files) sources.emplace_back(file.toStdString());
    bringFiles(sources);
  });
  dialog->open();
}

void DatasetPage::useStarterCharacters() {
  // Another seed each time, so that a second click brings others.
  std::set<std::string> characters;
  for (const SpriteInfo& sprite : m_impl->model.table().sprites) characters.insert(sprite.character);
  std::uint64_t seed = 1;
  const auto used = [&] {
    const std::string prefix = "starter-" + std::to_string(seed) + '-';
    const auto found = characters.lower_bound(prefix);
    return found != characters.end() && found->starts_with(prefix);
  };
  while (used()) ++seed;
  m_impl->session.addStarterSet(kStarterCharacters, seed);
}

void DatasetPage::showReport(const ImportReport& report) {
  const QUndoStack& undo = m_impl->session.undoStack();
  m_impl->importCommand = report.sprites.empty() || undo.index() == 0 ? nullptr : undo.command(undo.index() - 1);
  m_impl->report->setReport(report);
  m_impl->report->show();
}

void DatasetPage::followUndo() {
  if (!m_impl->report->isVisibleTo(this) || !m_impl->importCommand) return;
  const QUndoStack& undo = m_impl->session.undoStack();
  bool there = false;  // the stack forgets its oldest steps, so that a place in it is no sign
  for (int i = 0; i < undo.index(); ++i) there |= undo.command(i) == m_impl->importCommand;
  if (there)
    m_impl->report->setReport(m_impl->report->report());
  else
    m_impl->report->setUndone();
}

void DatasetPage::undoImport() {
  QUndoStack& undo = m_impl->session.undoStack();
  const bool last = undo.index() > 0 && undo.command(undo.index() - 1) == m_impl->importCommand;
  if (last && m_impl->importCommand) return undo.undo();
  // Other steps came since; they stay, and this is one more.
  undo.push(new BinCommand(m_impl->session, m_impl->report->report().sprites));
  m_impl->report->setUndone();
}

// Choosing

std::vector<SpriteId> DatasetPage::targets() const {
  std::vector<SpriteId> ids = selection();
  const int current = m_impl->grid->currentRow();
  if (ids.empty() && current >= 0 && m_impl->grid->hasFocus()) ids.push_back(m_impl->model.sprite(current).id);
  return ids;
}

void DatasetPage::setExcluded(std::vector<SpriteId> ids, bool excluded) {
  std::erase_if(ids, [&](SpriteId id) {
    const int index = m_impl->model.table().indexOf(id);
    return index < 0 || m_impl->model.excludedAt(index) == excluded;
  });
  if (ids.empty()) return;
  m_impl->model.markExcluded(ids, excluded);
  m_impl->session.undoStack().push(new SetExcludedCommand(m_impl->session, std::move(ids), excluded));
}

void DatasetPage::toggleExcluded() {
  std::vector<SpriteId> ids = targets();
  const bool anyIncluded = std::ranges::any_of(
      ids, [this](SpriteId id) { return !m_impl->model.excludedAt(m_impl->model.table().indexOf(id)); });
  setExcluded(std::move(ids), anyIncluded);
}

void DatasetPage::binSelected() {
  std::vector<SpriteId> ids = targets();
  if (ids.empty()) return;
  const QString count = counted(static_cast<qint64>(ids.size()), tr("sprite"), tr("sprites"));
  m_impl->session.undoStack().push(new BinCommand(m_impl->session, std::move(ids)));
  m_impl->session.say(tr("%1 deleted.").arg(count), tr("Ctrl+Z brings them back."));
}

void DatasetPage::turnRound() {
  const std::vector<SpriteId> ids = targets();
  if (!m_impl->session.hasProject()) return;
  if (ids.empty()) return m_impl->session.say(tr("Select the sprite whose other views are to be drawn."));
  m_impl->session.requestTurnaround(ids);
}

void DatasetPage::excludeDuplicates() {
  const SpriteTable& table = m_impl->model.table();
  std::vector<SpriteId> ids;
  for (const std::vector<int>& twins : table.twins) {
    bool kept = false;
    for (const int index : twins) {
      if (m_impl->model.excludedAt(index)) continue;
      if (kept) ids.push_back(table.ids[static_cast<std::size_t>(index)]);
      kept = true;
    }
  }
  if (ids.empty()) return m_impl->session.say(tr("Nothing to do: only one of each is included already."));
  const QString count = counted(static_cast<qint64>(ids.size()), tr("duplicate"), tr("duplicates"));
  setExcluded(std::move(ids), true);
  m_impl->session.say(tr("%1 excluded.").arg(count), tr("One of each stays in training."));
}

void DatasetPage::contextMenuEvent(QContextMenuEvent* event) {
  if (!m_impl->grid->rect().contains(m_impl->grid->mapFrom(this, event->pos()))) return;
  updateSelectionButtons();
  QMenu menu(this);
  menu.addActions({m_impl->excludeAction, m_impl->removeAction});
  menu.addSeparator();
  menu.addActions({m_impl->copyAction, m_impl->pasteAction});
  menu.addSeparator();
  menu.addActions({m_impl->editAction, m_impl->editorAction});
  menu.addAction(m_impl->turnAction);
  menu.addAction(tr("True pixel grid…"), this, &DatasetPage::showPixelGrid);
  menu.addSeparator();
  menu.addAction(m_impl->selectAllAction);
  menu.exec(event->globalPos());
}

// Drag and drop

void DatasetPage::dragEnterEvent(QDragEnterEvent* event) {
  const std::vector<std::filesystem::path> paths = localPaths(*event->mimeData());
  const bool fromBrowser = !webAddresses(*event->mimeData()).empty() || event->mimeData()->hasImage();
  // A project is for the window to open; what it is dropped on does not matter.
  if (paths.size() == 1 && Project::isProject(paths.front())) return event->ignore();
  if (paths.empty() && !fromBrowser) return event->ignore();
  if (!m_impl->session.hasProject()) return event->ignore();
  event->acceptProposedAction();
  m_impl->overlay->cover();
}

void DatasetPage::dragMoveEvent(QDragMoveEvent* event) {
  event->acceptProposedAction();
}

void DatasetPage::dragLeaveEvent(QDragLeaveEvent* /*event*/) {
  m_impl->overlay->hide();
}

void DatasetPage::dropEvent(QDropEvent* event) {
  m_impl->overlay->hide();
  if (!m_impl->session.hasProject()) return event->ignore();
  const QMimeData& data = *event->mimeData();
  const std::vector<std::filesystem::path> paths = localPaths(data);
  const std::vector<std::string> addresses = webAddresses(data);
  if (paths.empty() && addresses.empty() && !data.hasImage()) return event->ignore();
  event->acceptProposedAction();
  if (!paths.empty()) return bringFiles(paths);
  if (!addresses.empty()) return importAddresses(addresses);
  takePicture(qvariant_cast<QImage>(data.imageData()), tr("dropped"));
}

void DatasetPage::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  if (m_impl->overlay->isVisible()) m_impl->overlay->cover();
}

}  // namespace loom
