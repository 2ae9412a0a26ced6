#include "ui/pages/compose_dialog.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFileDialog>
#include <QGridLayout>
#include <QGroupBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QSettings>
#include <QSpinBox>
#include <QUndoStack>
#include <QVBoxLayout>

#include "core/base/error.h"
#include "ui/widgets/silence.h"
#include "ui/widgets/sprite_canvas.h"

namespace loom {
namespace {

constexpr int kMostCharacters = 100'000;

QPushButton* button(const QString& text, const QString& name, const QString& tip) {
  auto* made = new QPushButton(text);
  made->setObjectName(name);
  made->setToolTip(tip);
  made->setAutoDefault(false);
  return made;
}

}  // namespace

struct ComposeDialog::Impl {
  explicit Impl(Session& of) : session(of) {}

  Session& session;
  std::shared_ptr<const LpcLibrary> library = {};
  LpcCharacter character = {};
  std::uint64_t number = 0;  // of the random characters shown so far
  bool filling = false;
  QUndoStack undo;

  QLabel *state = nullptr, *words = nullptr;
  QWidget* content = nullptr;
  std::array<SpriteCanvas*, 4> views = {};
  std::array<QComboBox*, kLpcSlots> choices = {};
  QLineEdit *name = nullptr, *sheets = nullptr;
  QSpinBox *count = nullptr, *seed = nullptr;
  QPushButton *add = nullptr, *addMany = nullptr;
};

namespace {

class WearCommand : public QUndoCommand {
 public:
  WearCommand(std::function<void(const LpcCharacter&)> show, const LpcCharacter& before, const LpcCharacter& after)
      : m_show(std::move(show)), m_before(before), m_after(after) {}
  void undo() override { m_show(m_before); }
  void redo() override { m_show(m_after); }

 private:
  std::function<void(const LpcCharacter&)> m_show;
  LpcCharacter m_before, m_after;
};

}  // namespace

ComposeDialog::ComposeDialog(Session& session, QWidget* parent)
    : QDialog(parent), m_impl(std::make_unique<Impl>(session)) {
  setObjectName("composeDialog");
  setAttribute(Qt::WA_DeleteOnClose);
  setWindowTitle(tr("Compose LPC characters"));
  resize(960, 680);
  build();
  restoreGeometry(QSettings().value("composeDialog/geometry").toByteArray());
  const QString last = QSettings().value("lpcLayers").toString();
  if (!last.isEmpty() && QFileInfo::exists(last)) openLayers(last.toStdString());
}

ComposeDialog::~ComposeDialog() {
  QSettings().setValue("composeDialog/geometry", saveGeometry());
  silence(*this, *this);
}

void ComposeDialog::build() {
  m_impl->state = new QLabel(tr("Choose a folder or archive of LPC layers (body, hair, torso, …)."));
  m_impl->state->setObjectName("composeState");
  m_impl->state->setWordWrap(true);
  auto* open = button(tr("Layers…"), "openLayersButton", tr("A folder or ZIP as the LPC character generators use"));
  connect(open, &QPushButton::clicked, this, &ComposeDialog::askForLayers);
  auto* top = new QHBoxLayout;
  top->addWidget(m_impl->state, 1);
  top->addWidget(open);

  m_impl->content = new QWidget;
  m_impl->content->setEnabled(false);
  auto* left = new QVBoxLayout;
  left->addWidget(buildPreview(), 1);
  left->addWidget(buildMany());
  auto* columns = new QHBoxLayout(m_impl->content);
  columns->setContentsMargins(0, 0, 0, 0);
  columns->addLayout(left, 1);
  columns->addWidget(buildSlots());
  auto* layout = new QVBoxLayout(this);
  layout->addLayout(top);
  layout->addWidget(m_impl->content, 1);
}

QWidget* ComposeDialog::buildPreview() {
  auto* box = new QWidget;
  auto* layout = new QVBoxLayout(box);
  layout->setContentsMargins(0, 0, 0, 0);
  auto* grid = new QGridLayout;
  const QString titles[] = {tr("Back"), tr("Left"), tr("Front"), tr("Right")};
  for (int view = 0; view < 4; ++view) {
    auto* canvas = new SpriteCanvas;
    canvas->setObjectName(QString("composeView%1").arg(view));
    canvas->setAccessibleName(titles[view]);
    canvas->setPixelGrid(false);
    m_impl->views[static_cast<std::size_t>(view)] = canvas;
    grid->addWidget(canvas, view / 2, view % 2);
  }
  m_impl->words = new QLabel;
  m_impl->words->setObjectName("composeWords");
  m_impl->words->setWordWrap(true);
  auto* random = button(tr("Random"), "composeRandomButton", tr("Dresses somebody at random (Ctrl+R)"));
  random->setShortcut(Qt::CTRL | Qt::Key_R);
  auto* undo = button(tr("Undo"), "composeUndoButton", tr("Takes the last choice back (Ctrl+Z)"));
  undo->setShortcut(QKeySequence::Undo);
  auto* redo = button(tr("Redo"), "composeRedoButton", tr("Makes it again (Ctrl+Shift+Z)"));
  redo->setShortcut(QKeySequence::Redo);
  undo->setEnabled(false);
  redo->setEnabled(false);
  connect(random, &QPushButton::clicked, this, &ComposeDialog::randomise);
  connect(undo, &QPushButton::clicked, &m_impl->undo, &QUndoStack::undo);
  connect(redo, &QPushButton::clicked, &m_impl->undo, &QUndoStack::redo);
  connect(&m_impl->undo, &QUndoStack::canUndoChanged, undo, &QWidget::setEnabled);
  connect(&m_impl->undo, &QUndoStack::canRedoChanged, redo, &QWidget::setEnabled);
  m_impl->name = new QLineEdit;
  m_impl->name->setObjectName("composeName");
  m_impl->name->setPlaceholderText(tr("Name of the character"));
  m_impl->name->setAccessibleName(tr("Name of the character"));
  m_impl->add = button(tr("Add this character"), "composeAddButton", tr("Its four views come into the data set"));
  m_impl->add->setProperty("primary", true);
  connect(m_impl->add, &QPushButton::clicked, this, &ComposeDialog::addThis);
  auto* row = new QHBoxLayout;
  for (QWidget* widget : std::initializer_list<QWidget*>{random, undo, redo}) row->addWidget(widget);
  row->addWidget(m_impl->name, 1);
  row->addWidget(m_impl->add);
  layout->addLayout(grid, 1);
  layout->addWidget(m_impl->words);
  layout->addLayout(row);
  return box;
}

QWidget* ComposeDialog::buildSlots() {
  auto* form = new QWidget;
  auto* grid = new QGridLayout(form);
  for (int i = 0; i < kLpcSlots; ++i) {
    const auto slot = static_cast<LpcSlot>(i);
    QString title = QString::fromStdString(lpcSlotName(slot));
    title[0] = title[0].toUpper();
    auto* choice = new QComboBox;
    choice->setObjectName("composeSlot-" + QString::fromStdString(lpcSlotName(slot)));
    choice->setAccessibleName(title);
    choice->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    choice->setMinimumContentsLength(18);
    m_impl->choices[static_cast<std::size_t>(i)] = choice;
    grid->addWidget(new QLabel(title), i, 0);
    grid->addWidget(choice, i, 1);
    connect(choice, &QComboBox::activated, this, [this, slot, choice] { choose(slot, choice->currentData().toInt()); });
  }
  auto* area = new QScrollArea;
  area->setWidgetResizable(true);
  area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  area->setMinimumWidth(320);
  area->setWidget(form);
  return area;
}

QWidget* ComposeDialog::buildMany() {
  auto* box = new QGroupBox(tr("Many at random"));
  m_impl->count = new QSpinBox;
  m_impl->count->setObjectName("composeCount");
  m_impl->count->setRange(1, kMostCharacters);
  m_impl->count->setValue(100);
  m_impl->count->setAccessibleName(tr("How many"));
  m_impl->seed = new QSpinBox;
  m_impl->seed->setObjectName("composeSeed");
  m_impl->seed->setRange(0, 999999);
  m_impl->seed->setValue(1);
  m_impl->seed->setPrefix(tr("seed "));
  m_impl->seed->setAccessibleName(tr("Seed"));
  m_impl->seed->setToolTip(tr("The same seed gives the same characters"));
  m_impl->sheets = new QLineEdit;
  m_impl->sheets->setObjectName("composeSheets");
  m_impl->sheets->setPlaceholderText(tr("Keep their full sheets in (optional)"));
  m_impl->sheets->setAccessibleName(tr("Folder for full sheets"));
  auto* browse = button(tr("…"), "composeSheetsButton", tr("Choose a folder for the full sheets"));
  connect(browse, &QPushButton::clicked, this, &ComposeDialog::askForSheets);
  m_impl->addMany = button(tr("Add them"), "composeAddManyButton", tr("Four views each come into the data set"));
  connect(m_impl->addMany, &QPushButton::clicked, this, &ComposeDialog::addMany);
  auto* layout = new QHBoxLayout(box);
  layout->addWidget(m_impl->count);
  layout->addWidget(m_impl->seed);
  layout->addWidget(m_impl->sheets, 1);
  layout->addWidget(browse);
  layout->addWidget(m_impl->addMany);
  return box;
}

void ComposeDialog::askForLayers() {
  auto* dialog = new QFileDialog(this, tr("Archive of LPC layers"), QSettings().value("lpcLayers").toString());
  dialog->setObjectName("layersDialog");
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setFileMode(QFileDialog::ExistingFile);
  dialog->setNameFilters({tr("Archives, or any file in the folder of layers (*.zip *.7z *.tar *.gz *.txt *.md *.csv)"),
                          tr("All files (*)")});
  connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& file) {
    // A text that lies beside the layers stands for their folder.
    const QFileInfo info(file);
    const bool text = QStringList{"txt", "md", "csv"}.contains(info.suffix().toLower());
    openLayers((text ? info.absolutePath() : file).toStdString());
  });
  dialog->open();
}

void ComposeDialog::openLayers(const std::filesystem::path& source) {
  m_impl->state->setText(tr("Reading the layers…"));
  m_impl->session.jobs().run(
      tr("Reading LPC layers"), this,
      [source](JobMonitor& monitor) { return std::make_shared<const LpcLibrary>(LpcLibrary::open(source, monitor)); },
      [this, source](std::shared_ptr<const LpcLibrary> library) {
        QSettings().setValue("lpcLayers", QString::fromStdString(source.string()));
        m_impl->library = std::move(library);
        m_impl->state->setText(tr("%1: %2 layers, %3 parts to choose from.")
                                   .arg(QString::fromStdString(m_impl->library->name()))
                                   .arg(m_impl->library->layers().size())
                                   .arg(m_impl->library->parts().size()));
        m_impl->content->setEnabled(true);
        m_impl->undo.clear();
        m_impl->character = randomCharacter(*m_impl->library, static_cast<std::uint64_t>(m_impl->seed->value()), 0);
        showCharacter();
      },
      [this](const std::exception_ptr& error) {
        const ErrorText text = errorText(error);
        m_impl->state->setText(text.hint.isEmpty() ? text.what : tr("%1: %2").arg(text.what, text.hint));
      });
}

void ComposeDialog::randomise() {
  if (!m_impl->library) return;
  const LpcCharacter next =
      randomCharacter(*m_impl->library, static_cast<std::uint64_t>(m_impl->seed->value()), ++m_impl->number);
  m_impl->undo.push(new WearCommand(
      [this](const LpcCharacter& character) {
        m_impl->character = character;
        showCharacter();
      },
      m_impl->character, next));
}

void ComposeDialog::choose(LpcSlot slot, int part) {
  if (m_impl->filling || !m_impl->library || m_impl->character.at(slot) == part) return;
  LpcCharacter next = m_impl->character;
  QStringList off;
  try {
    for (const int lost : setPart(*m_impl->library, next, slot, part)) {
      off.append(QString::fromStdString(m_impl->library->parts()[static_cast<std::size_t>(lost)].name()));
    }
  } catch (const Error& error) {
    m_impl->state->setText(QString::fromUtf8(error.what()));
    return showCharacter();
  }
  m_impl->undo.push(new WearCommand(
      [this](const LpcCharacter& character) {
        m_impl->character = character;
        showCharacter();
      },
      m_impl->character, next));
  if (!off.isEmpty()) m_impl->state->setText(tr("Taken off, for they do not go together: %1.").arg(off.join(", ")));
}

void ComposeDialog::showCharacter() {
  const LpcLibrary& library = *m_impl->library;
  const std::array<Sprite, 4> views = composeViews(library, m_impl->character);
  for (std::size_t view = 0; view < views.size(); ++view) m_impl->views[view]->setSprite(views[view]);
  m_impl->words->setText(QString::fromStdString(tagsOf(library, m_impl->character)));
  m_impl->filling = true;
  for (int i = 0; i < kLpcSlots; ++i) {
    const auto slot = static_cast<LpcSlot>(i);
    QComboBox* choice = m_impl->choices[static_cast<std::size_t>(i)];
    choice->clear();
    if (slot != LpcSlot::kBody) choice->addItem(tr("–"), LpcCharacter::kNothing);
    for (const int part : choices(library, slot, m_impl->character)) {
      choice->addItem(QString::fromStdString(library.parts()[static_cast<std::size_t>(part)].name()), part);
    }
    choice->setCurrentIndex(choice->findData(m_impl->character.at(slot)));
    choice->setEnabled(choice->count() > 1);
  }
  m_impl->filling = false;
}

void ComposeDialog::addThis() {
  if (!m_impl->library) return;
  const QString name = m_impl->name->text().simplified();
  m_impl->session.bringIn(tr("Adding a character"), tr("composed character"),
                          [library = m_impl->library, character = m_impl->character, name = name.toStdString()](
                              const Project& project, JobMonitor& monitor) {
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

}  // namespace loom
