#include "ui/widgets/keyboard_map.h"

#include <QHeaderView>
#include <QKeySequence>
#include <QLineEdit>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace loom {
namespace {

/// As the platform writes it; words stay words.
QString shown(const QStringList& keys) {
  QStringList all;
  for (const QString& key : keys) {
    const QKeySequence sequence = QKeySequence::fromString(key, QKeySequence::PortableText);
    const bool isKey = !sequence.isEmpty() && sequence.toString(QKeySequence::PortableText) == key;
    all.append(isKey ? sequence.toString(QKeySequence::NativeText) : key);
  }
  return all.join(QStringLiteral(", "));
}

QString tr(const char* text) {
  return KeyboardMapDialog::tr(text);
}

KeyGroup everywhere() {
  return {tr("Everywhere"),
          {{{"Ctrl+1", "Ctrl+2", "Ctrl+3", "Ctrl+4", "Ctrl+5", "Ctrl+6"}, tr("the pages")},
           {{"Ctrl+Z"}, tr("undo, also of what was done before the program was closed")},
           {{"Ctrl+Shift+Z", "Ctrl+Y"}, tr("redo")},
           {{"Ctrl+N", "Ctrl+O"}, tr("new project, open one")},
           {{"Ctrl+Shift+S", "Ctrl+W", "Ctrl+F4"}, tr("save the project under another name, close it")},
           {{"F1"}, tr("this map")},
           {{"Ctrl+Q"}, tr("quit")},
           {{"Tab", "Shift+Tab"}, tr("to the next field, back")},
           {{"+", "-", "0"}, tr("on a picture: larger, smaller, fit the window")}}};
}

KeyGroup dataset() {
  return {tr("Dataset"),
          {{{tr("arrow keys"), "Ctrl+A"}, tr("from sprite to sprite, select all")},
           {{"X", "Del"}, tr("exclude or include, delete")},
           {{"Ctrl+F"}, tr("look for sprites")},
           {{"Ctrl++", "Ctrl+=", "Ctrl+-"}, tr("larger and smaller pictures")},
           {{"Ctrl+I", "Ctrl+Shift+I"}, tr("import a folder, files")},
           {{"Ctrl+C", "Ctrl+V"}, tr("copy a sprite, paste a picture or files")},
           {{"Ctrl+E"}, tr("edit the sprite in another program")},
           {{"Ctrl+T"}, tr("draw the missing views of the selected sprite")},
           {{"Ctrl+Return"}, tr("Clean: apply the steps to the selected sprites")},
           {{"Ctrl+Up", "Ctrl+Down", "Del"}, tr("Clean: move a step, take it away")}}};
}

KeyGroup train() {
  return {tr("Train"),
          {{{"F5", "F6", "F7", "F8"}, tr("start, pause, stop, write a checkpoint")},
           {{"F2", "Ctrl+R", "Del"}, tr("runs: rename, report, delete")},
           {{"Esc"}, tr("back to the settings")}}};
}

KeyGroup create() {
  return {tr("Create"),
          {{{"R", "Ctrl+R"}, tr("another character, the average one")},
           {{"F"}, tr("keep what you see as a favourite")},
           {{tr("arrow keys"), "PgUp", "PgDown"}, tr("on the picture or the dial: turn the character")},
           {{"T"}, tr("let it turn by itself")},
           {{"W"}, tr("let it change by itself: a random walk")},
           {{"`", "Tab"}, tr("A or B")},
           {{"G"}, tr("pixel grid")},
           {{"L"}, tr("on a slider: lock it")},
           {{tr("arrow keys"), "Home"}, tr("on a slider, a direction or the map: move it, put it back")},
           {{"+", "-"}, tr("on a picture of Places: more like it, less like it")},
           {{"Ctrl+C"}, tr("copy the picture; pasted here it opens as it was made")},
           {{"Ctrl+V"}, tr("go on from a picture on the clipboard")},
           {{"Ctrl+E"}, tr("edit the view in another program; what is saved there is drawn over it")},
           {{"Return", "F2", "Del"}, tr("on a favourite: load, rename, remove")},
           {{"Alt+Left", "Alt+Right"}, tr("on a favourite: before or behind its neighbour")},
           {{"Ctrl+I", "Ctrl+M"}, tr("on a favourite: its note and tags, its collection")},
           {{"F2", "P", "Del"}, tr("on a direction: name, pin, remove")}}};
}

KeyGroup touchUp() {
  return {tr("Create: touch up"),
          {{{"D"}, tr("begin and end drawing over the character")},
           {{"B", "E", "G"}, tr("pencil, eraser, fill")},
           {{"I", "Alt"}, tr("pick a colour; so does the right button")},
           {{"O"}, tr("restore what the model made")},
           {{"S"}, tr("symmetry")},
           {{"V"}, tr("show or hide the layer")},
           {{tr("arrow keys"), "Space", "Return"}, tr("from pixel to pixel, draw there, pick its colour")}}};
}

KeyGroup turnaround() {
  return {tr("Turnaround"),
          {{{"B", "E", "G", "I", "A"}, tr("pencil, eraser, fill, pick a colour, alternatives")},
           {{"C", "L"}, tr("show how sure the model is, take the likeliest colours")},
           {{tr("arrow keys"), "Space", "Return"}, tr("from pixel to pixel, paint, ask for alternatives")},
           {{"1", "2", "3", "4", "Esc"}, tr("take an alternative, none")},
           {{"Ctrl+V"}, tr("paste a picture as a view")},
           {{"F", "Ctrl+Return", "Ctrl+E"}, tr("keep as a favourite, add to the data set, save the pictures")}}};
}

KeyGroup exporting() {
  return {tr("Export"),
          {{{"Ctrl+E"}, tr("write the sheet again")},
           {{"Ctrl+C"}, tr("copy the sheet")},
           {{"Ctrl+Shift+E"}, tr("open it in the program for sprites")},
           {{"Ctrl+L"}, tr("save turns and animations as loops")}}};
}

}  // namespace

std::vector<KeyGroup> keyboardMap() {
  return {everywhere(), dataset(), train(), create(), touchUp(), turnaround(), exporting()};
}

KeyboardMapDialog::KeyboardMapDialog(const QString& page, QWidget* parent)
    : QDialog(parent), m_text(new QLineEdit), m_keys(new QTreeWidget) {
  setObjectName("keyboardMap");
  setWindowTitle(tr("Keyboard"));
  setAttribute(Qt::WA_DeleteOnClose);
  m_text->setObjectName("keyboardFilter");
  m_text->setAccessibleName(tr("Look for a key or for what it does"));
  m_text->setPlaceholderText(tr("Look for a key or for what it does"));
  m_text->setClearButtonEnabled(true);
  m_keys->setObjectName("keyboardKeys");
  m_keys->setAccessibleName(tr("Keys"));
  m_keys->setColumnCount(2);
  m_keys->setHeaderHidden(true);
  m_keys->setRootIsDecorated(false);
  m_keys->setSelectionMode(QAbstractItemView::SingleSelection);
  m_keys->header()->setSectionResizeMode(0, QHeaderView::ResizeToContents);
  auto* layout = new QVBoxLayout(this);
  layout->addWidget(m_text);
  layout->addWidget(m_keys, 1);
  resize(640, 560);
  fill(page);
  connect(m_text, &QLineEdit::textChanged, this, &KeyboardMapDialog::filter);
}

void KeyboardMapDialog::fill(const QString& page) {
  for (const KeyGroup& group : keyboardMap()) {
    auto* head = new QTreeWidgetItem(m_keys, {group.title});
    head->setFirstColumnSpanned(true);
    head->setFlags(Qt::ItemIsEnabled);
    QFont bold = head->font(0);
    bold.setBold(true);
    head->setFont(0, bold);
    for (const KeyHint& hint : group.hints) new QTreeWidgetItem(head, {shown(hint.keys), hint.what});
    head->setExpanded(true);
    if (!page.isEmpty() && group.title == page) {
      m_keys->setCurrentItem(head->child(0));
      m_keys->scrollToItem(head, QAbstractItemView::PositionAtTop);
    }
  }
}

void KeyboardMapDialog::filter(const QString& text) {
  for (int i = 0; i < m_keys->topLevelItemCount(); ++i) {
    QTreeWidgetItem* head = m_keys->topLevelItem(i);
    int left = 0;
    for (int k = 0; k < head->childCount(); ++k) {
      QTreeWidgetItem* item = head->child(k);
      const bool fits = head->text(0).contains(text, Qt::CaseInsensitive) ||
                        item->text(0).contains(text, Qt::CaseInsensitive) ||
                        item->text(1).contains(text, Qt::CaseInsensitive);
      item->setHidden(!fits);
      left += fits ? 1 : 0;
    }
    head->setHidden(left == 0);
  }
}

}  // namespace loom
