#include "core/base/cores.h"

#include <gtest/gtest.h>

#ifdef __linux__
#include <sched.h>
#endif

#include <cstdlib>
#include <optional>
#include <string>
#include <thread>

namespace loom {
namespace {

/// OMP_NUM_THREADS as it was once the test is over.
class Cores : public testing::Test {
 protected:
  Cores() {
    if (const char* value = std::getenv("OMP_NUM_THREADS")) m_before = value;
    ::unsetenv("OMP_NUM_THREADS");
  }
  ~Cores() override {
    if (m_before) {
      ::setenv("OMP_NUM_THREADS", m_before->c_str(), 1);
    } else {
      ::unsetenv("OMP_NUM_THREADS");
    }
  }

 private:
  std::optional<std::string> m_before;
};

TEST_F(Cores, AreThoseTheProcessMayUse) {
  EXPECT_GE(usableCores(), 1);
#ifdef __linux__
  int allowed = 0;
  std::thread([&allowed] {  // the mask is a thread's own: that of the others stays
    cpu_set_t cores;
    ASSERT_EQ(::sched_getaffinity(0, sizeof cores, &cores), 0);
    int first = 0;
    while (!CPU_ISSET(first, &cores)) ++first;
    CPU_ZERO(&cores);
    CPU_SET(first, &cores);
    ASSERT_EQ(::sched_setaffinity(0, sizeof cores, &cores), 0);
    allowed = usableCores();
  })
      .join();
  EXPECT_EQ(allowed, 1);
#endif
}

TEST_F(Cores, AreNoMoreThanOpenMpIsAllowed) {
  const int all = usableCores();
  ::setenv("OMP_NUM_THREADS", "1", 1);
  EXPECT_EQ(usableCores(), 1);
  ::setenv("OMP_NUM_THREADS", "1,4", 1);
  EXPECT_EQ(usableCores(), 1);
  for (const char* nonsense : {"", "many", "-3", "0"}) {
    ::setenv("OMP_NUM_THREADS", nonsense, 1);
    EXPECT_EQ(usableCores(), all) << nonsense;
  }
}

}  // namespace
}  // namespace loom
