// Ends what the objects of a tree tell a receiver.
#pragma once

#include <QObject>

namespace loom {

/// Child widgets die after the members of the class that owns them, and say things while they do (a field that loses
/// the focus has "finished editing"). A destructor whose slots use those members calls this first.
inline void silence(const QObject& tree, const QObject& receiver) {
  for (QObject* child : tree.findChildren<QObject*>()) child->disconnect(&receiver);
}

}  // namespace loom
