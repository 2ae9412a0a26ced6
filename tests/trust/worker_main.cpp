// spriteloom-trust-worker JOB PROJECT STATE SEED NUMBER KIND: works on a project until it is killed.
#include <exception>
#include <iostream>

#include "core/base/atomic_file.h"
#include "core/base/limits.h"
#include "tests/trust/jobs.h"
#include "tests/trust/worker.h"

int main(int count, char** words) {
  using namespace loom;
  using namespace loom::trust;
  if (count != 7) {
    std::cerr << "spriteloom-trust-kill starts this: JOB PROJECT STATE SEED NUMBER KIND\n";
    return 2;
  }
  try {
    const std::string job = words[1];
    Work work{.project = Project::open(words[2]),
              .state = parseJson(readTextFile(words[3], limits::kMaxJsonBytes), "the state"),
              .random = RandomStream(std::stoull(words[4])),
              .number = std::stoi(words[5]),
              .kind = std::stoi(words[6])};
    say({{"begun", job}});
    if (job == "import") importBatches(work);
    if (job == "editing") edit(work);
    if (job == "export") exportFiles(work);
    if (job == "training") train(work, 12);
    if (job == "checkpointing") train(work, 1);
  } catch (const std::exception& problem) {
    say({{"error", problem.what()}});
    return 1;
  }
  return 0;
}
