// Does with a modal dialog what a person would, once it is on the screen.
#pragma once

#include <QApplication>
#include <QDialog>
#include <QFileDialog>
#include <QLineEdit>
#include <QTimer>
#include <filesystem>
#include <functional>

namespace loom {

/// `action` with the next modal `Dialog`, of that object name unless `name` is null. Waits as long as `owner` lives.
template <class Dialog>
void whenAsked(QObject& owner, const char* name, std::function<void(Dialog*)> action) {
  auto* timer = new QTimer(&owner);
  QObject::connect(timer, &QTimer::timeout, timer, [timer, name, action] {
    auto* dialog = qobject_cast<Dialog*>(QApplication::activeModalWidget());
    if (dialog == nullptr || (name != nullptr && dialog->objectName() != name)) return;
    timer->deleteLater();
    action(dialog);
  });
  timer->start(20);
}

/// Types `path` into the next file dialog and accepts it.
inline void answerFileDialog(QObject& owner, const char* name, const std::filesystem::path& path) {
  whenAsked<QFileDialog>(owner, name, [path](QFileDialog* dialog) {
    dialog->findChild<QLineEdit*>("fileNameEdit")->setText(QString::fromStdString(path.string()));
    static_cast<QDialog*>(dialog)->accept();
  });
}

}  // namespace loom
