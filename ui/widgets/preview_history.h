// The preview pictures of one run by step: those on disk and those that come live, read on a thread of its own.
#pragma once

#include <QObject>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <vector>

#include "core/studio/studio.h"

namespace loom {

/// Belongs to the GUI thread. One picture is read at a time: when it has come, the one wanted by then is next.
class PreviewHistory : public QObject {
  Q_OBJECT
 public:
  explicit PreviewHistory(QObject* parent = nullptr);
  ~PreviewHistory() override;  ///< waits for the picture in hand

  /// The pictures of a run folder's samples/ (step-00000050.png, …), in place of what was there.
  void open(const std::filesystem::path& samples);
  void clear();
  void add(const Preview& preview);

  const std::vector<std::int64_t>& steps() const;  ///< ascending
  int indexOf(std::int64_t step) const;            ///< -1: none of that step
  /// The newest that is no later than `step`.
  std::optional<std::int64_t> atOrBefore(std::int64_t step) const;

  /// Asks for the picture of a step; ready() tells it, at once when it is known.
  void want(std::int64_t step);
  std::int64_t wanted() const;  ///< -1: nothing

 Q_SIGNALS:
  void changed();  ///< steps(), and what is wanted where its picture turned out to be gone
  void ready(qint64 step, const loom::Sprite& picture);  ///< of the step that is wanted

 private:
  struct Impl;
  std::unique_ptr<Impl> m_impl;
};

}  // namespace loom
