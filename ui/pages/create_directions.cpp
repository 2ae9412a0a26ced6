#include "ui/pages/create_directions.h"

#include <algorithm>
#include <cmath>
#include <iterator>

#include "core/base/error.h"
#include "core/image/ramps.h"
#include "ui/models/direction_commands.h"
#include "ui/models/favourite_commands.h"
#include "ui/pages/learn_groups_dialog.h"

namespace loom {
namespace {

constexpr float kSame = .95F;  ///< cosine from which a direction that was kept stands for one that was found again

std::string starterOf(const Model& model) {
  return model.run == 0 ? model.preset : std::string();
}

bool sameSource(const Model& a, const Model& b) {
  return a.run == b.run && a.preset == b.preset && a.settings == b.settings && a.views == b.views;
}

}  // namespace

CreateDirections::CreateDirections(Session& session, CharacterEditor& editor, DirectionsPanel& panel)
    : QObject(&panel), m_session(session), m_editor(editor), m_panel(panel) {
  connectPanel();
  connect(&session.generator(), &GeneratorBridge::directionsReady, this,
          [this](const std::shared_ptr<const Model>& model, const std::vector<Direction>& found) {
            takeFound(*model, found);
          });
  connect(&session.jobs(), &JobRunner::ended, this, [this](const QString& title) {
    if (title != m_learning) return;  // it was cancelled: nothing else tells
    m_learning.clear();
    m_panel.setMessage({});
  });
  connect(&session, &Session::directionsChanged, this, [this] { reload(); });
  connect(&session, &Session::spritesChanged, this, [this] { showSources(); });
  setModel(nullptr);
}

void CreateDirections::connectPanel() {
  m_panel.installEventFilter(this);
  connect(&m_panel, &DirectionsPanel::moved, this, [this](int key, float position) {
    if (const Entry* entry = find(key)) m_editor.moveAlong(key, entry->direction.vector, position);
  });
  connect(&m_panel, &DirectionsPanel::dragChanged, this, [this](bool held) {
    m_held = held;
    m_editor.hold(held);
    drawSoon();
  });
  connect(&m_panel, &DirectionsPanel::renamed, this, [this](int key, const QString& name) {
    const Entry* entry = find(key);
    if (entry == nullptr) return;
    const QString before = entry->item.name;
    if (entry->id != 0) return renameDirection(m_session, entry->id, before, name);
    keep(*entry, name, entry->item.pinned, tr("rename direction"));
  });
  connect(&m_panel, &DirectionsPanel::pinToggled, this, [this](int key, bool pinned) {
    const Entry* entry = find(key);
    if (entry == nullptr) return;
    if (entry->id != 0) return pinDirection(m_session, entry->id, pinned);
    keep(*entry, entry->item.name, pinned, tr("pin direction"));
  });
  connect(&m_panel, &DirectionsPanel::removeRequested, this, [this](int key) {
    const Entry* entry = find(key);
    if (entry != nullptr && entry->id != 0) removeDirection(m_session, entry->id, QString(entry->item.name));
  });
  connect(&m_panel, &DirectionsPanel::learnTagRequested, this, [this](const QString& tag) { learnTag(tag); });
  connect(&m_panel, &DirectionsPanel::learnFavouritesRequested, this, [this] { learnFavourites(); });
}

void CreateDirections::setModel(std::shared_ptr<const Model> model) {
  const bool same = model && m_model && sameSource(*model, *m_model);
  m_model = std::move(model);
  if (same) return drawSoon();
  m_found.clear();
  m_entries.clear();
  m_panel.setMessage({});
  m_panel.setPlaceholder(m_model ? tr("Looking for directions of this model. It takes some seconds.")
                                 : tr("No model yet"));
  reload();
  showSources();
}

void CreateDirections::takeFound(const Model& model, const std::vector<Direction>& found) {
  if (!m_model || !sameSource(model, *m_model)) return;
  m_found = found;
  m_panel.setPlaceholder(tr("The pictures of this model do not change with its latents."));
  reload();
}

/// The kept directions, and of those found the ones that none of these stands for.
void CreateDirections::reload() {
  std::vector<Entry> entries;
  const auto add = [&](const Direction& direction, std::int64_t id, bool pinned) {
    // What was there keeps its key, so that its row keeps its pictures and the focus.
    const auto before =
        std::ranges::find(m_entries, direction.vector, [](const Entry& e) { return e.direction.vector; });
    const int key = before != m_entries.end() ? before->item.key : m_nextKey++;
    entries.push_back({.item = {.key = key,
                                .name = QString::fromStdString(direction.name),
                                .vector = direction.vector,
                                .effect = direction.effect,
                                .pinned = pinned,
                                .kept = id != 0},
                       .direction = direction,
                       .id = id});
  };
  try {
    if (m_model && m_session.hasProject()) {
      for (const KeptDirection& kept : m_session.catalogue().directions(m_model->run, starterOf(*m_model))) {
        if (std::cmp_not_equal(kept.vector.size(), m_model->latentSize())) continue;
        add({.name = kept.name, .vector = kept.vector, .effect = kept.effect, .kind = parseDirectionKind(kept.kind)},
            kept.id, kept.pinned);
      }
    }
  } catch (const Error& error) {
    m_panel.setMessage(QString::fromUtf8(error.what()));
  }
  const std::size_t kept = entries.size();
  for (const Direction& found : m_found) {
    const bool stoodFor = std::any_of(
        entries.begin(), entries.begin() + static_cast<std::ptrdiff_t>(kept),
        [&](const Entry& entry) { return std::abs(positionOn(found.vector, entry.direction.vector)) > kSame; });
    if (!stoodFor) add(found, 0, false);
  }
  m_entries = std::move(entries);
  std::vector<DirectionItem> items;
  for (const Entry& entry : m_entries) items.push_back(entry.item);
  m_panel.setDirections(std::move(items));
  m_panel.setLatent(m_state.latent);
  drawSoon();
}

CreateDirections::Entry* CreateDirections::find(int key) {
  const auto found = std::ranges::find(m_entries, key, [](const Entry& entry) { return entry.item.key; });
  return found == m_entries.end() ? nullptr : &*found;
}

void CreateDirections::keep(const Entry& entry, const QString& name, bool pinned, const QString& text) {
  keepDirection(m_session,
                {.name = name.toStdString(),
                 .run = m_model->run,
                 .starter = starterOf(*m_model),
                 .kind = directionKindName(entry.direction.kind),
                 .effect = entry.direction.effect,
                 .vector = entry.direction.vector,
                 .pinned = pinned},
                text);
}

void CreateDirections::setFavourites(const std::vector<Favourite>& favourites) {
  m_favourites = favourites;
  showSources();
}

/// Favourites whose latents are those of the model in hand.
std::vector<Favourite> CreateDirections::ownFavourites() const {
  std::vector<Favourite> own;
  for (const Favourite& favourite : m_favourites) {
    if (m_model && isOf(favourite, *m_model)) own.push_back(favourite);
  }
  return own;
}

void CreateDirections::showSources() {
  const bool favourites = m_model && !ownFavourites().empty();
  if (!m_model || !m_session.hasProject()) return m_panel.setSources({}, favourites);
  const auto read = [project = m_session.project()]() -> QStringList {
    QStringList tags;
    try {
      for (const std::string& tag : tagsOf(project.catalogue())) tags << QString::fromStdString(tag);
    } catch (const Error&) {  // whoever works with the sprites will say it
    }
    return tags;
  };
  m_tags.ask(read, [this, favourites](const QStringList& tags) { m_panel.setSources(tags, favourites); });
}

void CreateDirections::learnTag(const QString& tag) {
  learn(tr("Learning the direction of %1").arg(tag),
        [project = m_session.project(), model = m_model, tag = tag.toStdString()](JobMonitor& monitor) {
          return learnFromTag(project, model, tag, monitor, 1);
        });
}

void CreateDirections::learnFavourites() {
  auto* dialog = new LearnGroupsDialog(ownFavourites(), &m_panel);
  connect(dialog, &QDialog::accepted, this, [this, dialog] {
    learn(tr("Learning a direction"),
          [model = m_model, with = dialog->with(), without = dialog->without(), name = dialog->name().toStdString()](
              JobMonitor& monitor) { return learnFromGroups(model, with, without, name, monitor, 1); });
  });
  dialog->open();
}

void CreateDirections::learn(const QString& title, std::function<Direction(JobMonitor&)> work) {
  m_learning = title;
  m_panel.setMessage(tr("%1…").arg(title));
  const std::shared_ptr<const Model> model = m_model;
  const auto done = [this, model](const Direction& direction) {
    m_learning.clear();
    m_panel.setMessage({});
    if (!m_model || !sameSource(*model, *m_model)) return;
    keep({.item = {}, .direction = direction}, QString::fromStdString(direction.name), true, tr("learn direction"));
  };
  m_session.jobs().run(title, this, std::move(work), done, [this](const std::exception_ptr& error) {
    m_learning.clear();
    const ErrorText text = errorText(error);
    m_panel.setMessage(text.hint.isEmpty() ? text.what : text.what + QStringLiteral(": ") + text.hint);
  });
}

}  // namespace loom
