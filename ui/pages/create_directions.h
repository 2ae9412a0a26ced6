// What stands behind the directions of the create page: finding, keeping, learning, moving, and their small pictures.
#pragma once

#include <QObject>
#include <QTimer>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "ui/bridge/aside.h"
#include "ui/bridge/session.h"
#include "ui/models/character_editor.h"
#include "ui/widgets/directions_panel.h"

namespace loom {

class CreateDirections : public QObject {
  Q_OBJECT
 public:
  CreateDirections(Session& session, CharacterEditor& editor, DirectionsPanel& panel);

  /// The model in hand; null: none. Directions found are kept while it is of the same run.
  void setModel(std::shared_ptr<const Model> model);
  /// Those that groups are made of.
  void setFavourites(const std::vector<Favourite>& favourites);
  /// What the editor says now, in the view that the small pictures are to show.
  void show(const CharacterState& state, const std::string& view);
  /// An answer of the generator; false when it is none of these pictures.
  bool takeResult(const GenerateResult& result);

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;  ///< hears that the panel is shown

 private:
  struct Entry {
    DirectionItem item;
    Direction direction;
    std::int64_t id = 0;  ///< in the project; 0: not kept there
  };
  void connectPanel();
  void takeFound(const Model& model, const std::vector<Direction>& found);
  void reload();
  void showSources();
  Entry* find(int key);
  void keep(const Entry& entry, const QString& name, bool pinned, const QString& text);
  void learnTag(const QString& tag);
  void learnFavourites();
  void learn(const QString& title, std::function<Direction(JobMonitor&)> work);
  std::vector<Favourite> ownFavourites() const;

  void drawSoon();
  void fillQueue();
  void askNext();

  Session& m_session;
  CharacterEditor& m_editor;
  DirectionsPanel& m_panel;
  std::shared_ptr<const Model> m_model;
  std::vector<Direction> m_found;
  std::vector<Entry> m_entries;
  int m_nextKey = 1;
  std::vector<Favourite> m_favourites;
  Aside m_tags;
  QString m_learning;  ///< the title of the job that learns; empty: none does

  CharacterState m_state;
  std::string m_view;
  bool m_held = false;
  QTimer m_pause;                           ///< until the hand rests
  std::deque<std::pair<int, int>> m_queue;  ///< key and place of pictures to draw
  std::pair<int, int> m_asked{0, 0};        ///< the one being drawn
  std::uint64_t m_request = 0;              ///< its request: answers to older ones are out of date
};

}  // namespace loom
