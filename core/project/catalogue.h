// The SQLite catalogue inside a project folder: sprites, runs, metrics, favourites.
//
// A Catalogue is one connection and belongs to one thread; any number may be open on one project (WAL mode: readers
// never wait; writers wait for each other up to ten seconds). Every function throws Error when the database fails.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/image/sprite.h"

namespace loom {

using Json = nlohmann::json;
using SpriteId = std::int64_t;

/// A sprite without its pixels.
struct SpriteInfo {
  SpriteId id = 0;
  std::string character = {};  ///< groups the views of one character; unique within the project
  std::string view = {};       ///< "back", "left", "front", "right", …; kAnyView when unknown
  int width = 0;               ///< pixels
  int height = 0;
  int colours = 0;          ///< different colours among pixels with alpha > 0
  std::uint64_t hash = 0;   ///< contentHash
  std::string source = {};  ///< where it came from: a path, for archives with the entry after '!'
  std::string licence = {};
  std::string author = {};
  std::string tags = {};       ///< words separated by spaces
  std::string animation = {};  ///< "walk"; empty for a still
  int frame = 0;               ///< its place in the animation, from 0
  int milliseconds = 0;        ///< how long the frame shows; 0: not known
  bool excluded = false;       ///< kept out of training
  bool cleaned = false;        ///< its pixels are no longer those it came with: steps() says what was done
};

/// A sprite's pixels as the catalogue keeps them. Made on any thread, so that the one that writes only writes.
struct PackedSprite {
  int width = 0;  ///< pixels
  int height = 0;
  int colours = 0;                    ///< as in SpriteInfo
  std::uint64_t hash = 0;             ///< contentHash
  std::vector<std::byte> bytes = {};  ///< packPixels
};
/// Throws Error when the sprite is empty or larger than limits::kMaxSpriteSide.
PackedSprite packSprite(const Sprite& sprite);
/// The same up to limits::kMaxOriginalSide.
PackedSprite packOriginal(const Sprite& picture);

/// A sprite's pixels after what was done to them. `steps` is the whole list that leads from the original to `pixels`,
/// an array of {"name", "settings"} as core/image/cleaning.h has them; an empty one gives the original back.
struct CleanedPixels {
  SpriteId sprite = 0;
  PackedSprite pixels = {};
  Json steps = Json::array();
};
using ChangeId = std::int64_t;

/// What can be said of a sprite in words, and edited in bulk.
enum class SpriteField { kCharacter, kView, kSource, kLicence, kAuthor, kTags, kAnimation };

struct NewSprite {
  Sprite pixels = {};
  std::string character = {};
  std::string view = {};
  std::string source = {};
  std::string licence = {};
  std::string author = {};
  std::string tags = {};
  std::string animation = {};
  int frame = 0;
  int milliseconds = 0;
};

struct CatalogueCounts {
  std::int64_t sprites = 0;   ///< not in the bin
  std::int64_t excluded = 0;  ///< of those
  std::int64_t binned = 0;
  std::int64_t characters = 0;          ///< with at least one sprite not in the bin
  std::int64_t duplicates = 0;          ///< sprites not in the bin whose content an earlier one already has
  std::vector<std::string> views = {};  ///< sortedViews; kAnyView left out
};

enum class RunStatus { kRunning, kPaused, kStopped, kFinished, kFailed };
std::string runStatusName(RunStatus status);  ///< "running", …

/// The lowest value that the measure a run is judged by has had, and when.
struct BestValue {
  std::string metric = {};  ///< "held_out_loss", "held_out_l1", "distance"
  double value = 0;
  std::int64_t step = 0;
  bool operator==(const BestValue&) const = default;
};

/// One training run. Its files lie in runs/NNNN-preset.
struct RunInfo {
  int number = 0;
  std::string name = {};  ///< what the user calls it; may be empty
  std::string preset = {};
  Json settings = Json::object();  ///< complete: every setting of the preset
  RunStatus status = RunStatus::kStopped;
  std::int64_t steps = 0;        ///< generator updates done
  std::int64_t targetSteps = 0;  ///< what it was started for
  double seconds = 0;            ///< time spent training, pauses left out
  double spritesPerSecond = 0;   ///< of the last stretch
  Json losses = Json::object();  ///< name -> last value
  std::optional<BestValue> best = {};
  bool binned = false;  ///< deleted, but not yet for good
  std::string note = {};
  std::string created = {};           ///< ISO 8601, UTC
  std::string folder = {};            ///< relative to the project folder
  Json environment = Json::object();  ///< seed, device, precision, threads, versions
};

/// The losses and measures of one step, in the order of the run's metric names.
struct MetricRow {
  std::int64_t step = 0;
  std::vector<float> values = {};  ///< NaN where a measure was not taken at that step
};
struct MetricSeries {
  std::vector<std::string> names = {};
  std::vector<MetricRow> rows = {};  ///< by step, ascending
};

/// A generated character that the artist kept.
struct Favourite {
  std::int64_t id = 0;
  std::string name = {};
  int run = 0;
  std::int64_t step = 0;  ///< the checkpoint's step
  std::vector<float> latent = {};
  Json settings = Json::object();  ///< truncation, view, seed, …
  std::string created = {};
  std::string collection = {};          ///< empty: in none
  std::string note = {};                ///< any number of lines
  std::string tags = {};                ///< words separated by spaces
  std::vector<std::string> views = {};  ///< of the pictures below
  std::vector<Sprite> sprites = {};     ///< as they were made, so that nothing is lost when the run is deleted
};

/// A step that can be undone after the program has ended. What its data mean is for the front end that did it to know.
struct KeptStep {
  std::int64_t number = 0;  ///< ascending in the order in which the steps were done
  std::string text = {};    ///< what a menu calls it
  std::string kind = {};    ///< says who can make it again
  std::string data = {};
};

/// A direction in a model's latent space that the artist named, pinned or had learned.
struct KeptDirection {
  std::int64_t id = 0;
  std::string name = {};
  int run = 0;                ///< whose latents it belongs to; 0: of the starter weights below
  std::string starter = {};   ///< the preset of starter weights
  std::string kind = {};      ///< "found", "tag", "groups"
  double effect = 0;          ///< how much of the picture changes along it
  std::vector<float> vector;  ///< of length 1
  bool pinned = false;        ///< stands first
};

class Catalogue {
 public:
  static constexpr int kKeptChanges = 200;

  /// Opens (and, when new, makes) the database file; brings an older layout up to date.
  /// Throws Error when it is damaged or was written by a newer version.
  explicit Catalogue(const std::filesystem::path& database);
  ~Catalogue();
  Catalogue(Catalogue&&) noexcept;
  Catalogue& operator=(Catalogue&&) noexcept;

  /// All that is written between begin and commit is written together. Destroyed without commit: rolled back.
  class Transaction {
   public:
    explicit Transaction(Catalogue& catalogue);
    ~Transaction();
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;
    void commit();

   private:
    struct State;
    std::unique_ptr<State> m_state;
  };

  // Sprites
  SpriteId addSprite(const NewSprite& sprite);
  /// The same with pixels that were packed before (those of `labels` are not looked at).
  SpriteId addPacked(const PackedSprite& pixels, const NewSprite& labels);
  std::vector<SpriteInfo> sprites() const;  ///< not in the bin, by id
  std::vector<SpriteInfo> sprites(
      std::span<const SpriteId> ids) const;  ///< also those in the bin; missing ids left out
  Sprite pixels(SpriteId id) const;
  std::vector<Sprite> pixels(std::span<const SpriteId> ids) const;
  /// One field of many sprites. Throws Error for a character or view without a name.
  void setField(std::span<const SpriteId> ids, SpriteField field, const std::string& value);
  /// Each its own value: what an undo gives back.
  void setField(SpriteField field, std::span<const std::pair<SpriteId, std::string>> values);
  void setExcluded(std::span<const SpriteId> ids, bool excluded);
  void setBinned(std::span<const SpriteId> ids, bool binned);  ///< delete (to the project's bin) and its undo
  void removeForGood(std::span<const SpriteId> ids);
  CatalogueCounts counts() const;
  /// Sprites neither excluded nor binned; a few ms for 100,000, where counts() takes longer.
  std::int64_t usable() const;
  /// Sprites not in the bin that have the content of another, grouped; each group by id.
  std::vector<std::vector<SpriteId>> duplicateGroups() const;
  bool hasContent(std::uint64_t hash) const;
  /// True when a sprite not in the bin belongs to that character.
  bool hasCharacter(const std::string& character) const;

  // Cleaning: what a sprite came with is kept, and what each change replaced, so that everything can be taken back
  /// A new change, "background removed"; the oldest ones beyond kKeptChanges are forgotten.
  ChangeId addChange(const std::string& what);
  /// Gives a sprite new pixels as part of a change, once a change and sprite.
  void changePixels(ChangeId change, const CleanedPixels& cleaned);
  /// Puts back what the change replaced, and keeps what that replaces: undo, redo, undo, … Throws Error when the change
  /// has been forgotten.
  void swapChange(ChangeId change);
  /// The same towards a state: nothing happens to a change that is undone, or done, already.
  void setChangeUndone(ChangeId change, bool undone);
  /// The sprites of a change.
  std::vector<SpriteId> changedSprites(ChangeId change) const;
  /// The pixels a sprite came with, up to limits::kMaxOriginalSide a side; its present ones when nothing was done to
  /// it.
  Sprite originalPixels(SpriteId id) const;
  /// For a sprite whose import did something to it: the picture as it was in the file.
  void setOriginal(SpriteId id, const PackedSprite& original, const Json& steps);
  /// What leads from the original to the present pixels.
  Json steps(SpriteId id) const;
  /// Pixels that a step refers to ({"name": "edit", "settings": {"pixels": N}}): those of a sprite drawn over by hand.
  std::int64_t storePixels(const PackedSprite& pixels);
  Sprite storedPixels(std::int64_t number) const;

  // Runs
  RunInfo createRun(const std::string& preset, const Json& settings, std::int64_t targetSteps, const Json& environment);
  std::vector<RunInfo> runs() const;        ///< not in the bin, by number
  std::vector<RunInfo> binnedRuns() const;  ///< by number
  RunInfo run(int number) const;            ///< also one in the bin; throws Error when there is none
  std::optional<RunInfo> lastRun() const;   ///< not in the bin
  void updateRun(const RunInfo& run);       ///< everything but number, preset, created, folder, name and binned
  /// Throws Error for a name that is too long, or when there is no such run.
  void renameRun(int number, const std::string& name);
  /// Delete (to the project's bin) and its undo. Throws Error when one of them is gone for good; none has changed then.
  void setRunsBinned(std::span<const int> numbers, bool binned);
  void removeRun(int number);  ///< for good; its files are not touched
  void setRunMetricNames(int run, const std::vector<std::string>& names);
  void addMetrics(int run, std::span<const MetricRow> rows);  ///< replaces rows of the same step
  void dropMetricsAfter(int run, std::int64_t step);
  /// At most `limit` rows after that step; negative: all of them.
  MetricSeries metrics(int run, std::int64_t afterStep = -1, std::int64_t limit = -1) const;

  // Favourites
  std::int64_t addFavourite(const Favourite& favourite);  ///< stands last
  std::vector<Favourite> favourites() const;              ///< in the order made by hand, else in which they were kept
  void renameFavourite(std::int64_t id, const std::string& name);
  void setFavouriteCollection(std::int64_t id, const std::string& collection);
  void setFavouriteNote(std::int64_t id, const std::string& note, const std::string& tags);
  /// Gives these the order of `ids` among the places that they have; the others stay where they are.
  void orderFavourites(std::span<const std::int64_t> ids);
  void setFavouriteRemoved(std::int64_t id, bool removed);  ///< remove and its undo

  // Directions
  /// Throws Error for a name that is too long and for a vector without numbers.
  std::int64_t addDirection(const KeptDirection& direction);
  /// Those of a run, or of starter weights (run 0), in the order they were kept.
  std::vector<KeptDirection> directions(int run, const std::string& starter) const;
  void renameDirection(std::int64_t id, const std::string& name);
  void setDirectionPinned(std::int64_t id, bool pinned);
  void setDirectionRemoved(std::int64_t id, bool removed);  ///< remove and its undo

  /// Reads through the records of sprites, runs, favourites and directions (pixels are checked as they are read) and
  /// says what is damaged, in SQLite's words; empty when they are whole. About 0.1 s for 100,000 sprites.
  std::string findDamage() const;

  // Steps that can be undone
  std::vector<KeptStep> keptSteps() const;  ///< by number
  std::int64_t lastDoneStep() const;        ///< the number of the step that undo takes back next; 0: none
  /// Writes `steps` over those of their numbers, forgets those numbered `gone`, and notes the last one that is done.
  void keepSteps(std::span<const KeptStep> steps, std::span<const std::int64_t> gone, std::int64_t lastDone);

  // Small things to remember with the project
  Json value(const std::string& key, const Json& fallback = {}) const;
  void setValue(const std::string& key, const Json& value);

 private:
  struct Impl;
  std::unique_ptr<Impl> m_impl;
};

}  // namespace loom
