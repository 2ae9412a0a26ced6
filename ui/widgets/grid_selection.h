// Which sprites are selected, also across filtering, regrouping and reloading.
#pragma once

#include <span>
#include <vector>

#include "ui/models/sprite_model.h"

namespace loom {

class GridSelection {
 public:
  explicit GridSelection(const SpriteModel& model) : m_model(model) {}

  bool contains(int row) const;
  int count() const { return m_count; }
  std::vector<SpriteId> ids() const;  ///< in the order shown
  std::vector<int> indices() const;   ///< likewise, as positions in the model's table

  void clear();
  void set(int row, bool selected);
  void setRange(int from, int to, bool selected);  ///< both included, in any order
  void setRows(std::span<const int> rows, bool selected);

  std::vector<char> snapshot() const { return m_flags; }
  void restore(const std::vector<char>& snapshot);

  /// After the model has reset: what is no longer shown is no longer selected (a key must not strike the unseen).
  void followReset();

 private:
  std::size_t indexAt(int row) const { return static_cast<std::size_t>(m_model.indexAt(row)); }
  const SpriteModel& m_model;
  std::vector<char> m_flags;    // by index in m_ids
  std::vector<SpriteId> m_ids;  // of the table that the flags belong to
  int m_count = 0;
};

}  // namespace loom
