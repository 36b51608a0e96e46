package firmware

import (
	"errors"
	"fmt"
	"net/url"
	"time"

	"qpy/device/kernel"
	"qpy/device/model"
	"qpy/device/network"
)

// The statuses that a progress callback gets (modfota.c). Any other is an error.
const (
	StatusBegin    = 0  // the download begins
	StatusLoading  = 1  // it goes on; the progress is in percent
	StatusFlagged  = 2  // the upgrade flag is set: progress 100
	StatusFailed   = -1 // it failed; see the error codes for the progress
	progressStep   = 5  // percent between two reports: 20 reports are few for the callback queue
	progressFinish = 100
)

// Progress hears of a download's status and progress. It runs as an event of
// the kernel, so it must not wait: it queues what it has to say.
type Progress func(status, progress int)

// download is one httpDownload on its way: a handler of the network.
type download struct {
	s        *Service
	urls     []string // the stages
	stage    int      // from 1
	progress Progress // may be nil
	transfer *network.Transfer
	size     int64 // of the stage, -1 when unknown
	got      int64
	percent  int           // last reported
	ready    time.Duration // device time at which the flash has got what came
	result   error
	finished bool
	end      kernel.Queue // who waits for the result
}

// Download is fota.httpDownload; "" stands for a URL that is not given. It
// returns OK or Error at once on the models that are asynchronous; on the
// others after download and verification, and queued callbacks run meanwhile.
// The error is an interrupt's: the download is cancelled then. progress may be
// nil.
func (s *Service) Download(url1, url2 string, progress Progress) (int, error) {
	urls, err := s.checkURLs(url1, url2)
	if err != nil {
		return s.refuse("httpDownload: %v", err), nil
	}
	if why := s.busy(); why != "" {
		return s.refuse("httpDownload: %s", why), nil
	}
	if len(urls) > 1 && progress != nil {
		s.tell("httpDownload: a mini-FOTA upgrade (url2) has no callback: it will not be called")
		progress = nil
	}
	s.local = nil
	if err := s.unflag(); err != nil {
		return s.refuse("httpDownload: %v", err), nil
	}
	s.slot.clear()
	d := &download{s: s, urls: urls, progress: progress}
	if err := d.fetch(); err != nil {
		return s.refuse("httpDownload: %v", err), nil
	}
	s.running = d
	d.report(StatusBegin, 0)
	if s.o.Model.FOTA.AsyncDownload {
		return OK, nil
	}
	for !d.finished {
		task := s.o.Kernel.Current()
		if task == nil {
			d.transfer.Cancel()
			return s.refuse("httpDownload: %s waits for the end, which only a thread of the script can", s.o.Model.Name), nil
		}
		if _, err := task.Wait(&d.end, -1, "the end of httpDownload", kernel.RunCallbacks); err != nil {
			d.transfer.Cancel()
			return Error, err
		}
	}
	if d.result != nil {
		return Error, nil
	}
	return OK, nil
}

// checkURLs refuses what the model does not know.
func (s *Service) checkURLs(url1, url2 string) ([]string, error) {
	if url1 == "" {
		return nil, errors.New("url1 is missing; give the package's URL")
	}
	urls := []string{url1}
	if url2 != "" {
		mini := func(m *model.Model) bool { return m.FOTA.MiniFOTA }
		if !mini(s.o.Model) {
			return nil, fmt.Errorf("%s has no mini FOTA: leave url2 out (it is for %s)", s.o.Model.Name, having(mini))
		}
		urls = append(urls, url2)
	}
	for _, raw := range urls {
		u, err := network.Parse(raw)
		if err != nil {
			return nil, err
		}
		if err := s.checkScheme(u); err != nil {
			return nil, err
		}
	}
	return urls, nil
}

func (s *Service) checkScheme(u *url.URL) error {
	knows := func(m *model.Model) bool { return m.FOTA.FTP }
	if u.Scheme == "ftp" && !knows(s.o.Model) {
		return fmt.Errorf("%s downloads by HTTP only: use an http URL (FTP is for %s)", s.o.Model.Name, having(knows))
	}
	return nil
}

// Cancel is fota.download_cancel: OK when a download was running.
func (s *Service) Cancel() int {
	if s.running == nil || !s.running.transfer.Cancel() {
		return s.refuse("download_cancel: no download is running")
	}
	return OK
}

// fetch begins the next stage.
func (d *download) fetch() error {
	transfer, err := d.s.o.Network.Fetch(d.urls[d.stage], d)
	if err != nil {
		return err
	}
	d.stage++
	d.transfer, d.size, d.got = transfer, -1, 0
	return nil
}

// Header implements network.Handler: it refuses what does not fit the slot.
func (d *download) Header(size int64) error {
	d.size = size
	return d.s.slot.begin(d.stage, size)
}

// Data implements network.Handler.
func (d *download) Data(chunk []byte) error {
	if err := d.s.slot.write(chunk); err != nil {
		return err
	}
	d.writing()
	d.got += int64(len(chunk))
	if d.size > 0 {
		percent := int(d.got * progressFinish / d.size)
		if percent >= d.percent+progressStep && percent < progressFinish {
			d.percent = percent
			d.report(StatusLoading, percent)
		}
	}
	return nil
}

// writing counts the time that the flash needs. It writes while more comes over
// the link.
func (d *download) writing() {
	if busy := d.s.o.Busy(); busy > 0 {
		d.ready = max(d.ready, d.s.o.Kernel.Now()) + busy
	}
}

// written goes on when the flash has got everything.
func (d *download) written(then func()) {
	d.writing()
	if wait := d.ready - d.s.o.Kernel.Now(); wait > 0 {
		d.s.o.Kernel.After(wait, "the upgrade slot is written", then)
		return
	}
	then()
}

// Done implements network.Handler: the end of a stage.
func (d *download) Done(err error) {
	if err == nil {
		err = d.endStage()
	}
	d.written(func() { d.next(err) })
}

// next goes on after a stage.
func (d *download) next(err error) {
	if err == nil && d.stage < len(d.urls) {
		err = d.fetch()
		if err == nil {
			return
		}
	}
	if err == nil {
		err = d.s.flag()
	}
	d.written(func() { d.finish(err) })
}

func (d *download) endStage() error {
	if d.got == 0 {
		return ErrEmpty // no length was announced, and nothing came
	}
	return d.s.slot.flush()
}

// finish reports how the download ended; a little later the result is there.
func (d *download) finish(err error) {
	s := d.s
	d.result = err
	if err == nil {
		d.report(StatusFlagged, progressFinish)
		if !s.resetDisable || s.o.Model.FOTA.ResetDisableIgnored {
			s.restart = s.o.Kernel.After(s.o.Model.FOTA.RestartDelay, "restart after an upgrade", func() {
				s.o.Power.RestartFor("the upgrade is downloaded")
			})
		}
	} else {
		s.tell("httpDownload: %v", err)
		s.slot.clear()
		progress := d.percent
		if s.o.Model.FOTA.ProgressCarriesErrorCode {
			progress = ErrorCode(err)
		}
		d.report(StatusFailed, progress)
	}
	s.o.Kernel.After(settle, "end of httpDownload", func() {
		d.finished = true
		s.running = nil
		d.end.WakeAll()
	})
}

func (d *download) report(status, progress int) {
	if d.progress != nil {
		d.progress(status, progress)
	}
}
