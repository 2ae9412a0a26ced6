// loops PROJECT: characters that turn, and animations, as films without an end.
#include "core/studio/loops.h"

#include <cstdio>

#include "app/cli/cast_options.h"
#include "app/cli/credits_file.h"
#include "app/cli/film_options.h"
#include "core/base/limits.h"

namespace loom::cli {
namespace {

struct Options {
  CastChoice cast;
  std::string kind = "turn";
  LoopOptions loops;
  std::optional<int> viewMilliseconds;
  bool once = false;
  FilmChoice film;
};

LoopOptions loopsOf(const Options& options) {
  LoopOptions loops = options.loops;
  loops.endless = !options.once;
  if (options.kind == "turn") {
    if (!loops.animation.empty()) throw UsageError("a turn has no --animation", "add --kind animation");
    loops.viewMilliseconds = options.viewMilliseconds.value_or(LoopOptions::kUsual);
    return loops;
  }
  if (options.viewMilliseconds) {
    throw UsageError("frames of animations have times of their own", "leave out --view-ms");
  }
  loops.kind = LoopKind::kAnimation;
  return loops;
}

void report(const std::vector<std::filesystem::path>& files, const LoopPlan& plan, const Film& largest,
            Context& context) {
  Json names = Json::array();
  for (const auto& file : files) names.push_back(file.string());
  std::int64_t frames = 0;
  for (const Loop& loop : plan.loops) frames += std::ssize(loop.frames);
  const auto others = static_cast<std::int64_t>(files.size()) - 1;
  const std::string more = others > 0 ? " and " + counted(others, "more film", "more films") : "";
  char seconds[32];
  std::snprintf(seconds, sizeof seconds, "%.1f s", largest.seconds);
  const std::string size = std::to_string(largest.width) + " x " + std::to_string(largest.height) + " px";
  context.output.done("Wrote " + files.front().string() + more + ": " + counted(frames, "frame", "frames") +
                          (others > 0 ? ", at most " : ", ") + seconds + ", " + size,
                      {{"file", files.front().string()},
                       {"files", names},
                       {"frames", frames},
                       {"width", largest.width},
                       {"height", largest.height},
                       {"scale", largest.scale},
                       {"seconds", largest.seconds},
                       {"left_out", plan.leftOut}});
}

void run(const Options& options, Context& context) {
  checkCast(options.cast);
  const LoopOptions loops = loopsOf(options);
  const AnimationFormat format = filmFormat(options.film);
  const Project project = Project::open(options.cast.project);
  JobMonitor monitor = context.monitor();
  const std::vector<SheetCharacter> characters = castOf(options.cast, project, monitor);
  const LoopPlan plan = planLoops(characters, loops);
  const Film largest = largestLoop(plan, options.film.film, format);
  refuseToReplace(loopFiles(plan, options.film.out), options.film.force);
  const LoopFilms films = writeLoops(characters, plan, loops, options.film.film, options.film.out, monitor);
  if (plan.leftOut > 0) {
    const bool turn = loops.kind == LoopKind::kTurn;
    context.output.say(counted(plan.leftOut, "character", "characters") +
                       " left out: " + (turn ? "fewer than two views" : "no such animation"));
  }
  if (const std::string warning = colourWarning(films); !warning.empty()) context.output.say(warning);
  const std::string credits = creditsForCast(options.cast, project);
  sayCredits(saveCreditsBeside(options.film.out, credits), credits, context.output);
  report(films.files, plan, largest, context);
}

}  // namespace

void addLoops(CLI::App& app, Commands& commands) {
  const auto options = std::make_shared<Options>();
  CLI::App* command = addCommand(app, commands, "loops", "Makes films of characters that turn, or of their animations",
                                 [options](Context& context) { run(*options, context); });
  addCastOptions(*command, options->cast);
  command
      ->add_option("--kind", options->kind,
                   "turn: the views of each character, from the front clockwise; animation: walk, run, … as they are "
                   "in the data set")
      ->capture_default_str()
      ->check(CLI::IsMember({"turn", "animation"}));
  command->add_flag("--together", options->loops.together,
                    "All characters in one film, of animations one each; else a film for each: FILE-NAME.gif");
  command->add_option("--animation", options->loops.animation, "Only this animation, for --kind animation (all)");
  command
      ->add_option("--view-ms", options->viewMilliseconds,
                   "For how long a turn shows each view (250); frames of animations have their own time")
      ->check(CLI::Range(limits::kMinFrameMilliseconds, limits::kMaxFrameMilliseconds));
  command->add_flag("--once", options->once, "Stop at the end instead of starting again");
  addFilmFile(*command, options->film);
}

}  // namespace loom::cli
