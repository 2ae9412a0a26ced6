#include "ui/pages/compose_dialog.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QSettings>
#include <QUndoCommand>

#include "core/base/atomic_file.h"
#include "core/base/error.h"
#include "core/image/codec.h"
#include "ui/bridge/stoppable.h"
#include "ui/models/sprite_commands.h"
#include "ui/pages/compose_dialog_impl.h"
#include "ui/widgets/job_strip.h"
#include "ui/widgets/silence.h"

namespace loom {
namespace {

class WearCommand : public QUndoCommand {
 public:
  WearCommand(std::function<void(const LpcCharacter&)> show, const LpcCharacter& before, const LpcCharacter& after,
              const QString& text)
      : QUndoCommand(text), m_show(std::move(show)), m_before(before), m_after(after) {}
  void undo() override { m_show(m_before); }
  void redo() override { m_show(m_after); }

 private:
  std::function<void(const LpcCharacter&)> m_show;
  LpcCharacter m_before, m_after;
};

/// The sheet, and beside it who drew it: NAME.png and NAME-credits.txt.
void writeSheet(const LpcLibrary& library, const LpcCharacter& character, const std::filesystem::path& file) {
  writePng(file, composeSheet(library, character));
  const LpcCredit credit = creditOf(library, character);
  const std::string text = file.filename().string() + "\nSource: " + sourceOf(library, character) +
                           "\nAuthors: " + authorList(credit) + "\nLicence: " + credit.licence + "\n";
  std::filesystem::path beside = file;
  beside.replace_filename(file.stem().string() + "-credits.txt");
  writeFileAtomically(beside, std::as_bytes(std::span(text)));
}

}  // namespace

ComposeDialog::ComposeDialog(Session& session, QWidget* parent)
    : QDialog(parent), m_impl(std::make_unique<Impl>(session)) {
  setObjectName("composeDialog");
  setAttribute(Qt::WA_DeleteOnClose);
  setWindowTitle(tr("Compose LPC characters"));
  resize(1000, 720);
  build();
  followJobs();
  restoreGeometry(QSettings().value("composeDialog/geometry").toByteArray());
  const QString last = QSettings().value("lpcLayers").toString();
  if (!last.isEmpty() && QFileInfo::exists(last)) openLayers(last.toStdString());
}

ComposeDialog::~ComposeDialog() {
  QSettings().setValue("composeDialog/geometry", saveGeometry());
  silence(*this, *this);
  m_impl->undo.disconnect();
}

void ComposeDialog::followJobs() {
  // The window's own line for messages lies behind the dialog.
  connect(&m_impl->session, &Session::importFinished, this, [this](const ImportReport& report) {
    m_impl->state->setText(tr("Added: %1 of %2. Undo in the window takes them back.")
                               .arg(counted(report.imported, tr("sprite"), tr("sprites")),
                                    counted(report.characters, tr("character"), tr("characters"))));
  });
  connect(&m_impl->session, &Session::messaged, this, [this](const QString& text, const QString& hint) {
    m_impl->state->setText(told({text, hint}));
  });
}

// Layers

void ComposeDialog::askForLayers(bool folder) {
  auto* dialog = new QFileDialog(this, folder ? tr("A folder of LPC layers") : tr("An archive of LPC layers"),
                                 QFileInfo(QSettings().value("lpcLayers").toString()).absolutePath());
  dialog->setObjectName("layersDialog");
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setFileMode(folder ? QFileDialog::Directory : QFileDialog::ExistingFile);
  dialog->setOption(QFileDialog::ShowDirsOnly, folder);
  if (!folder) dialog->setNameFilters({tr("Archives (*.zip *.7z *.tar *.gz *.rar)"), tr("All files (*)")});
  connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& file) { openLayers(file.toStdString()); });
  dialog->open();
}

void ComposeDialog::openLayers(const std::filesystem::path& source) {
  m_impl->state->setText(tr("Reading the layers…"));
  m_impl->session.jobs().run(
      tr("Reading LPC layers"), this, stoppable([source](JobMonitor& monitor) {
        return std::make_shared<const LpcLibrary>(LpcLibrary::open(source, monitor));
      }),
      [this, source](std::optional<std::shared_ptr<const LpcLibrary>> library) {
        if (!library) return m_impl->state->setText(tr("Stopped. Choose the layers again to read them."));
        QSettings().setValue("lpcLayers", QString::fromStdString(source.string()));
        m_impl->library = *std::move(library);
        m_impl->state->setText(tr("%1: %2 layers, %3 parts to choose from.")
                                   .arg(QString::fromStdString(m_impl->library->name()))
                                   .arg(m_impl->library->layers().size())
                                   .arg(m_impl->library->parts().size()));
        m_impl->content->setEnabled(true);
        m_impl->undo.clear();
        m_impl->character = randomCharacter(*m_impl->library, static_cast<std::uint64_t>(m_impl->seed->value()), 0);
        showCharacter();
      },
      [this](const std::exception_ptr& error) { m_impl->state->setText(told(errorText(error))); });
}

// Dressing

void ComposeDialog::randomise() {
  if (!m_impl->library) return;
  const auto seed = static_cast<std::uint64_t>(m_impl->seed->value());
  wear(randomCharacter(*m_impl->library, seed, ++m_impl->number), tr("random character"));
}

void ComposeDialog::choose(LpcSlot slot, int part) {
  if (!m_impl->library || m_impl->character.at(slot) == part) return;
  LpcCharacter next = m_impl->character;
  QStringList off;
  try {
    for (const int lost : setPart(*m_impl->library, next, slot, part)) {
      off.append(QString::fromStdString(m_impl->library->parts()[static_cast<std::size_t>(lost)].name()));
    }
  } catch (const Error&) {
    m_impl->state->setText(told(errorText(std::current_exception())));
    return showCharacter();
  }
  wear(next, QString::fromStdString(lpcSlotName(slot)));
  m_impl->state->setText(off.isEmpty() ? QString()
                                       : tr("Taken off, for they do not go together: %1.").arg(off.join(", ")));
}

void ComposeDialog::wear(const LpcCharacter& character, const QString& what) {
  const auto show = [this](const LpcCharacter& shown) {
    m_impl->character = shown;
    showCharacter();
  };
  m_impl->undo.push(new WearCommand(show, m_impl->character, character, what));
}

void ComposeDialog::showCharacter() {
  m_impl->work.ask([this, library = m_impl->library, character = m_impl->character]() -> NewestWork::Show {
    const std::array<Sprite, 4> views = composeViews(*library, character);
    const WardrobeChoices choices = wardrobeChoices(*library, character);
    const QString words = QString::fromStdString(tagsOf(*library, character));
    return [this, library, character, views, choices, words] {
      for (std::size_t view = 0; view < views.size(); ++view) m_impl->views[view]->setSprite(views[view]);
      m_impl->words->setText(words);
      m_impl->wardrobe->setCharacter(*library, character, choices);
    };
  });
}

// Keeping

void ComposeDialog::addThis() {
  if (!m_impl->library) return;
  m_impl->session.bringIn(
      tr("Adding a character"), tr("composed character"),
      [library = m_impl->library, character = m_impl->character,
       name = m_impl->name->text().simplified().toStdString()](const Project& project, JobMonitor& monitor) {
        return importComposed(project, *library, character, name, monitor);
      });
}

void ComposeDialog::addMany() {
  if (!m_impl->library) return;
  const ComposedSetOptions options{.sheets = m_impl->sheets->text().trimmed().toStdString()};
  const int count = m_impl->count->value();
  const auto seed = static_cast<std::uint64_t>(m_impl->seed->value());
  m_impl->session.bringIn(
      tr("Composing %1 characters").arg(count), tr("%1 composed characters").arg(count),
      [library = m_impl->library, count, seed, options](const Project& project, JobMonitor& monitor) {
        return importComposed(project, *library, count, seed, options, monitor);
      });
}

void ComposeDialog::askForSheets() {
  auto* dialog = new QFileDialog(this, tr("A folder for the full sheets"), m_impl->sheets->text());
  dialog->setObjectName("sheetsFolderDialog");
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setFileMode(QFileDialog::Directory);
  connect(dialog, &QFileDialog::fileSelected, m_impl->sheets, &QLineEdit::setText);
  dialog->open();
}

void ComposeDialog::askForSheet() {
  if (!m_impl->library) return;
  auto* dialog = new QFileDialog(this, tr("Save the character's sheet"), QSettings().value("lpcSheets").toString());
  dialog->setObjectName("sheetOutDialog");
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setAcceptMode(QFileDialog::AcceptSave);
  dialog->setDefaultSuffix("png");
  const QString name = m_impl->name->text().simplified();
  dialog->selectFile((name.isEmpty() ? tr("character") : name) + ".png");
  connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& file) {
    QSettings().setValue("lpcSheets", QFileInfo(file).absolutePath());
    saveSheet(file.toStdString());
  });
  dialog->open();
}

void ComposeDialog::saveSheet(const std::filesystem::path& file) {
  m_impl->session.jobs().run(
      tr("Drawing the sheet"), this,
      [library = m_impl->library, character = m_impl->character, file](JobMonitor& monitor) {
        monitor.begin("Drawing the sheet", 0);
        writeSheet(*library, character, file);
        return true;
      },
      [this, file](bool) {
        m_impl->state->setText(
            tr("The sheet is in %1, its credits beside it.").arg(QString::fromStdString(file.string())));
      },
      [this](const std::exception_ptr& error) { m_impl->state->setText(told(errorText(error))); });
}

}  // namespace loom
