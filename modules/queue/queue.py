import _thread

# Its lines are numbered as in the firmware: a traceback shows them.
class Queue(object):
    def __init__(self, maxsize=100):
        self.maxsize = maxsize  # one more than this fits
        self.__deque = []
        self.__lock_queue = _thread.allocate_lock()  # held while the list changes
        self.__lock_signal = _thread.allocate_lock()  # taken by who finds nothing, given back by put

    def put(self, item=None):
        self.__lock_queue.acquire()
        taken = self.__put(item)
        self.__lock_queue.release()
        if self.__lock_signal.locked():
            self.__lock_signal.release()
        return taken

    def __pop(self):
        self.__lock_queue.acquire()
        item = self.__deque.pop(0)
        self.__lock_queue.release()
        return item

    def get(self):
        if self.empty():
            self.__lock_signal.acquire()  # the first time it is free
        if self.empty():
            self.__lock_signal.acquire()  # and the second time waits
        item = self.__pop()
        return item

    def __put(self, item):
        if self.size() > self.maxsize:
            return False
        self.__deque.append(item)
        return True

    def empty(self):
        return not self.size()

    def size(self):
        return len(self.__deque)
